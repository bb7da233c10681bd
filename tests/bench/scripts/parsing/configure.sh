# 20,480 lines such as configure scripts have, as a function's body that never runs.
# size: 10

text='
  # What the compiler is called here.
  if test -n "$ac_tool_prefix"; then
    set dummy ${ac_tool_prefix}gcc; ac_word=$2
    printf %s "checking for $ac_word... " >&6
    if test ${ac_cv_prog_CC+y}
    then :
      printf %s "(cached) " >&6
    else $as_nop
      if test -n "$CC"; then
        ac_cv_prog_CC="$CC" # Let the user override the test.
      else
        as_save_IFS=$IFS; IFS=$PATH_SEPARATOR
        for as_dir in $PATH
        do
          IFS=$as_save_IFS
          case $as_dir in #(
            "") as_dir=./ ;; #(
            */) ;; #(
            *) as_dir=$as_dir/ ;;
          esac
          for ac_exec_ext in "" $ac_executable_extensions; do
            if as_fn_executable_p "$as_dir$ac_word$ac_exec_ext"; then
              ac_cv_prog_CC="${ac_tool_prefix}gcc"
              printf "%s\n" "$as_me:${as_lineno-$LINENO}: found $as_dir$ac_word$ac_exec_ext" >&5
              break 2
            fi
          done
        done
        IFS=$as_save_IFS
      fi
    fi
    CC=$ac_cv_prog_CC
  fi
  test "x$prefix" = xNONE && prefix=$ac_default_prefix
  ac_count=`expr $ac_count + 1`
  cat >>confdefs.h <<_ACEOF
#define HAVE_`printf "%s" "HAVE_$ac_header" | sed "$as_sed_cpp"` 1
_ACEOF
'
for doubling in 1 2 3 4 5 6 7 8 9; do text=$text$text; done
i=0
while [ $i -lt $1 ]; do
  eval "f() {$text}"
  i=$((i + 1))
done
echo $i
