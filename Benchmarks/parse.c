/* The lower limit for a linter of aws-auth that reads with libyaml: parse the file, then parse
   the text of each mapRoles, mapUsers and mapAccounts section, and check nothing. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

enum { max_depth = 256 };

struct counts {
  unsigned long outer, inner, sections;
};

static unsigned char *read_file(const char *path, size_t *size) {
  int file = open(path, O_RDONLY);
  if (file < 0) return NULL;
  size_t capacity = 64 * 1024, used = 0;
  unsigned char *bytes = malloc(capacity);
  while (bytes != NULL) {
    ssize_t count = read(file, bytes + used, capacity - used);
    if (count < 0) {
      free(bytes);
      bytes = NULL;
    } else if (count == 0) {
      break;
    } else if ((used += (size_t)count) == capacity) {
      unsigned char *larger = realloc(bytes, capacity *= 2);
      if (larger == NULL) free(bytes);
      bytes = larger;
    }
  }
  close(file);
  *size = used;
  return bytes;
}

static int is_section(const yaml_event_t *event) {
  static const char *const names[] = {"mapRoles", "mapUsers", "mapAccounts"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    size_t length = strlen(names[i]);
    if (event->data.scalar.length == length &&
        memcmp(event->data.scalar.value, names[i], length) == 0)
      return 1;
  }
  return 0;
}

static int count_events(const unsigned char *bytes, size_t size, unsigned long *events) {
  yaml_parser_t parser;
  yaml_event_t event;
  int more = 1;
  if (!yaml_parser_initialize(&parser)) return 0;
  yaml_parser_set_input_string(&parser, bytes, size);
  while (more) {
    if (!yaml_parser_parse(&parser, &event)) break;
    more = event.type != YAML_STREAM_END_EVENT;
    ++*events;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return !more;
}

static int parse(const unsigned char *bytes, size_t size, struct counts *counts) {
  /* For each open collection: is it a mapping, and does a key come next? */
  struct {
    char mapping, key;
  } open[max_depth] = {{0, 0}};
  int depth = 0, section = 0, more = 1, ok = 1;
  yaml_parser_t parser;
  yaml_event_t event;
  if (!yaml_parser_initialize(&parser)) return 0;
  yaml_parser_set_input_string(&parser, bytes, size);
  while (more && ok) {
    if (!yaml_parser_parse(&parser, &event)) {
      ok = 0;
      break;
    }
    counts->outer++;
    int is_key = open[depth].mapping && open[depth].key;
    switch (event.type) {
      case YAML_SCALAR_EVENT:
        if (section && !is_key) {
          counts->sections++;
          ok = count_events(event.data.scalar.value, event.data.scalar.length, &counts->inner);
        }
        section = is_key && is_section(&event);
        open[depth].key = !open[depth].key;
        break;
      case YAML_ALIAS_EVENT:
        section = 0;
        open[depth].key = !open[depth].key;
        break;
      case YAML_MAPPING_START_EVENT:
      case YAML_SEQUENCE_START_EVENT:
        section = 0;
        open[depth].key = !open[depth].key;
        if (++depth == max_depth) {
          ok = 0;
          depth--;
        }
        open[depth].mapping = event.type == YAML_MAPPING_START_EVENT;
        open[depth].key = 1;
        break;
      case YAML_MAPPING_END_EVENT:
      case YAML_SEQUENCE_END_EVENT:
        depth--;
        break;
      case YAML_STREAM_END_EVENT:
        more = 0;
        break;
      default:
        break;
    }
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  return ok;
}

int main(int argc, char **argv) {
  struct counts counts = {0, 0, 0};
  size_t size = 0;
  if (argc != 2) {
    fprintf(stderr, "usage: %s FILE\n", argv[0]);
    return 2;
  }
  unsigned char *bytes = read_file(argv[1], &size);
  if (bytes == NULL) {
    perror(argv[1]);
    return 2;
  }
  int ok = parse(bytes, size, &counts);
  free(bytes);
  printf("%lu events, %lu in %lu sections\n", counts.outer, counts.inner, counts.sections);
  return ok ? 0 : 1;
}
