package jp.musubi.api;

import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import jp.musubi.platform.AddressRange;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.FormReader;
import org.jspecify.annotations.Nullable;

/**
 * 連携プログラム as typed.
 *
 * @param login ログインID of its 責任者
 * @param section a key; empty for as far as the person's rights reach
 * @param may {@code READ} or {@code HANDLE}
 * @param ranges one a line
 * @param lastDay on which it still works
 */
record ProgramForm(
    @Nullable String name,
    @Nullable String login,
    @Nullable String section,
    @Nullable String may,
    @Nullable String ranges,
    @Nullable String lastDay) {
  /** For how long a program is registered at most: who answers for it is asked again then. */
  static final int LONGEST_YEARS = 3;

  /** Most ranges of one program. */
  static final int MOST_RANGES = 50;

  /** Who a ログインID is. */
  interface Register {
    Optional<UUID> staff(String login);
  }

  /** Nothing typed yet: it only reads, for a year. */
  static ProgramForm empty(LocalDate today) {
    return new ProgramForm(
        null, null, "", "READ", "", JapaneseDates.date(today.plusYears(1).minusDays(1)));
  }

  Optional<Programs.Shape> read(
      FormReader reader, Set<UUID> sections, Register register, Instant now) {
    var called = reader.line("name", name, 100, true);
    var person = reader.line("login", login, 100, true);
    var responsible = register.staff(person);
    if (!person.isEmpty() && responsible.isEmpty()) {
      reader.reject("login", "program.wrong.login");
    }
    var place = sections.stream().filter(each -> each.toString().equals(section)).findFirst();
    if (section != null && !section.isEmpty() && place.isEmpty()) {
      reader.reject("section", "contract.wrong.choose");
    }
    if (!"READ".equals(may) && !"HANDLE".equals(may)) {
      reader.reject("may", "contract.wrong.choose");
    }
    var places = ranges(reader);
    var end = end(reader, now);
    return reader.wrong().isEmpty()
        ? responsible.map(staff ->
            new Programs.Shape(
                called, staff, place.orElse(null), "HANDLE".equals(may), places, Optional.of(end)))
        : Optional.empty();
  }

  private Instant end(FormReader reader, Instant now) {
    var today = LocalDate.ofInstant(now, JapaneseDates.ZONE);
    var day = reader.day("lastDay", lastDay);
    if (day.isEmpty()) {
      reader.reject("lastDay", "web.wrong.empty");
    }
    day.ifPresent(last -> {
      if (last.isBefore(today) || last.isAfter(today.plusYears(LONGEST_YEARS))) {
        reader.reject("lastDay", "program.wrong.lastDay", String.valueOf(LONGEST_YEARS));
      }
    });
    return day.orElse(today).plusDays(1).atStartOfDay(JapaneseDates.ZONE).toInstant();
  }

  private List<AddressRange> ranges(FormReader reader) {
    var found = new LinkedHashSet<AddressRange>();
    for (var line : (ranges == null ? "" : ranges).split("\\R", -1)) {
      var plain = Normalizer.normalize(line, Normalizer.Form.NFKC).strip();
      if (plain.isEmpty()) {
        continue;
      }
      var range = AddressRange.parse(plain);
      if (range.isEmpty()) {
        reader.reject(
            "ranges", "program.wrong.range", plain.substring(0, Math.min(plain.length(), 50)));
        return List.of();
      }
      found.add(range.get());
    }
    if (found.size() > MOST_RANGES) {
      reader.reject("ranges", "program.wrong.ranges", String.valueOf(MOST_RANGES));
    }
    return List.copyOf(found);
  }
}
