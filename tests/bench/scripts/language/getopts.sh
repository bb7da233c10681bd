# Options parsed by getopts.
# size: 75000

parse() {
  OPTIND=1
  while getopts ab:c:vx option; do
    case $option in
      a) a=$((a + 1)) ;;
      b | c) n=$((n + ${#OPTARG})) ;;
      v | x) v=$((v + 1)) ;;
    esac
  done
  shift $((OPTIND - 1))
  operands=$((operands + $#))
}
i=0 a=0 n=0 v=0 operands=0
while [ $i -lt $1 ]; do
  parse -a -b value -vx -cother file1 file2
  i=$((i + 1))
done
echo $a $n $v $operands
