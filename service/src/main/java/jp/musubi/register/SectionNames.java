package jp.musubi.register;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.organisation.SectionTerm;
import jp.musubi.platform.JapaneseDates;
import org.jspecify.annotations.Nullable;

/** What sections were called on days, for many lines at once; pure. */
final class SectionNames {
  private final Map<UUID, List<SectionTerm>> terms = new HashMap<>();

  SectionNames(List<SectionTerm> all) {
    for (var term : all) {
      terms.computeIfAbsent(term.section(), _ -> new ArrayList<>()).add(term);
    }
    terms.values().forEach(of -> of.sort(Comparator.comparing(SectionTerm::from)));
  }

  /** The name from the top, as it was at that moment: 建設部 道路課. */
  String at(UUID section, Instant moment) {
    var day = LocalDate.ofInstant(moment, JapaneseDates.ZONE);
    var names = new ArrayList<String>();
    var seen = new HashSet<UUID>();
    @Nullable UUID next = section;
    while (next != null && seen.add(next)) {
      var term = on(next, day);
      term.ifPresent(there -> names.addFirst(there.name()));
      next = term.map(SectionTerm::parent).orElse(null);
    }
    return String.join(" ", names);
  }

  /** The last term that had begun by then; before all of them the first. */
  private Optional<SectionTerm> on(UUID section, LocalDate day) {
    var of = terms.getOrDefault(section, List.of());
    return of.stream()
        .filter(term -> !term.from().isAfter(day))
        .reduce((_, later) -> later)
        .or(() -> of.stream().findFirst());
  }
}
