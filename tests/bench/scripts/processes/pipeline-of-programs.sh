# A pipeline of three programs.
# size: 300

i=0
while [ $i -lt $1 ]; do /bin/echo x | /bin/cat | /bin/cat >/dev/null; i=$((i + 1)); done
echo $i
