# Functions with local variables.
# size: 240000
# needs: local

area() {
  local width=$1 height=$2 product
  product=$((width * height))
  total=$((total + product))
}
total=0 i=0 width=none
while [ $i -lt $1 ]; do
  area $i 3
  i=$((i + 1))
done
echo $total $width
