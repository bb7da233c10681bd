# A shell that has done nothing.
# size: 1

grep VmRSS /proc/$$/status
