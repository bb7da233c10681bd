# A here-document to cat.
# size: 500

i=0
while [ $i -lt $1 ]; do
  /bin/cat <<EOF >/dev/null
line $i
EOF
  i=$((i + 1))
done
echo $i
