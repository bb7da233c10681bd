# Zeros through three stages of /bin/cat.
# size: 2147483648

head -c $1 /dev/zero | /bin/cat | /bin/cat | /bin/cat | wc -c
