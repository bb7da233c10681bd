/* Reads the blocks that TypeScript lays a spawn plan out in. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "plan.h"

/* Kept between plans, and only ever made larger. */
static char *memory;
static size_t memory_size;

/* `count` strings from `text` on into `strings`, NULL after them. Returns where the next would begin. */
static const char *read_strings(const char *text, char **strings, int count) {
  for (int index = 0; index < count; index++) {
    strings[index] = (char *)text;
    text += strlen(text) + 1;
  }
  strings[count] = NULL;
  return text;
}

int plan_read(struct plan *plan, const void *block, const char *environment) {
  const int *fields = block;
  int argument_count = fields[PLAN_ARGUMENTS];
  int environment_count = fields[PLAN_ENVIRONMENT];
  plan->move_count = fields[PLAN_MOVES];
  plan->limit_count = fields[PLAN_LIMITS];
  plan->ignored_signals = (uint32_t)fields[PLAN_IGNORED_LOW] | (uint64_t)(uint32_t)fields[PLAN_IGNORED_HIGH] << 32;
  plan->ignored_signals |= signal_reserved_ignored;
  plan->process_group = fields[PLAN_PROCESS_GROUP];
  plan->foreground = fields[PLAN_FOREGROUND];
  plan->new_session = fields[PLAN_NEW_SESSION];
  plan->utility = fields[PLAN_UTILITY];
  plan->own = fields[PLAN_OWN];

  size_t pointers = (size_t)argument_count + 1 + (size_t)environment_count + 1;
  size_t needed = pointers * sizeof(char *) + (size_t)plan->limit_count * sizeof(struct limit) +
                  (size_t)plan->move_count * (sizeof(struct move) + sizeof(int));
  if (needed > memory_size) {
    char *larger = realloc(memory, needed);
    if (larger == NULL)
      return -ENOMEM;
    memory = larger;
    memory_size = needed;
  }
  plan->arguments = (char **)memory;
  plan->environment = plan->arguments + argument_count + 1;
  plan->limits = (struct limit *)(plan->environment + environment_count + 1);
  plan->moves = (struct move *)(plan->limits + plan->limit_count);
  plan->aside = (int *)(plan->moves + plan->move_count);
  plan->aside_count = 0;

  const double *limits = (const double *)(fields + PLAN_FIELDS);
  for (int index = 0; index < plan->limit_count; index++, limits += 3)
    plan->limits[index] = (struct limit){(int)limits[0], {limit_value(limits[1]), limit_value(limits[2])}};
  size_t moves_size = (size_t)plan->move_count * sizeof(struct move);
  memcpy(plan->moves, limits, moves_size);

  plan->closing_count = fields[PLAN_CLOSING];
  plan->closing = (const int *)((const char *)limits + moves_size);

  const char *text = (const char *)(plan->closing + plan->closing_count);
  plan->path = text;
  text += strlen(text) + 1;
  plan->directory = NULL;
  if (fields[PLAN_DIRECTORY]) {
    plan->directory = text;
    text += strlen(text) + 1;
  }
  read_strings(text, plan->arguments, argument_count);
  read_strings(environment, plan->environment, environment_count);
  return 0;
}
