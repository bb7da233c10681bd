# Output by echo.
# size: 450000

i=0
while [ $i -lt $1 ]; do
  echo "line $i of the output" and more
  i=$((i + 1))
done >/dev/null
echo $i
