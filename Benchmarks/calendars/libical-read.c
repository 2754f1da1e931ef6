/* libical-read FILE: parses a calendar with libical and counts its events and the seconds of processor time. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int count, char **arguments) {
  FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
  if (!file) return 66;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = calloc(1, size + 1);
  if (!text || fread(text, 1, size, file) != (size_t)size) return 74;
  clock_t before = clock();
  icalcomponent *calendar = icalparser_parse_string(text);
  long events = 0;
  for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
       event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
    struct icaltimetype start = icalcomponent_get_dtstart(event);
    if (!icaltime_is_null_time(start)) events++;
  }
  double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
  printf("%ld events, %.0f ms, %.0f events/s\n", events, seconds * 1000, events / seconds);
  return 0;
}
