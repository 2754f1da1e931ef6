/* judge FILE...: what libical finds in .ics files: a line for each event, `FILE METHOD UID SEQUENCE START END`, times in seconds
   since the epoch by the VTIMEZONE of the file itself. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long instant(icalcomponent *calendar, icalproperty *property, struct icaltimetype time) {
  icalparameter *zone = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  icaltimezone *table = icaltimezone_get_utc_timezone();
  if (zone) table = icalcomponent_get_timezone(calendar, icalparameter_get_tzid(zone));
  if (!table) exit(3);
  return (long)icaltime_as_timet_with_zone(time, table);
}

int main(int count, char **files) {
  for (int i = 1; i < count; i++) {
    FILE *file = fopen(files[i], "rb");
    if (!file) return 2;
    static char text[1 << 22];
    size_t size = fread(text, 1, sizeof text - 1, file);
    text[size] = 0;
    fclose(file);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_count_errors(calendar)) {
      printf("%s has errors\n", files[i]);
      return 1;
    }
    const char *method = icalproperty_get_value_as_string(
        icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY));
    const char *name = strrchr(files[i], '/') ? strrchr(files[i], '/') + 1 : files[i];
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      icalproperty *start = icalcomponent_get_first_property(event, ICAL_DTSTART_PROPERTY);
      icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
      printf("%s %s %s %d %ld %ld\n", name, method, icalcomponent_get_uid(event), icalcomponent_get_sequence(event),
             instant(calendar, start, icalproperty_get_dtstart(start)), instant(calendar, end, icalproperty_get_dtend(end)));
    }
    icalcomponent_free(calendar);
  }
  return 0;
}
