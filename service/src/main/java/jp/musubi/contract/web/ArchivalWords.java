package jp.musubi.contract.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jp.musubi.contract.Archival;
import jp.musubi.seal.archival.ArchivalReport;
import org.springframework.stereotype.Component;

/** What was found of a claim of being PDF/A, in words. */
@Component
class ArchivalWords {
  private final Words words;

  ArchivalWords(Words words) {
    this.words = words;
  }

  /**
   * Words for a page.
   *
   * @param tone of a banner: success, warning or info
   * @param reasons what stands against it
   */
  record Said(String tone, String heading, List<String> reasons) {}

  Said of(Optional<Archival.Checked> checked) {
    return checked
        .map(each -> of(each.report()))
        .orElseGet(() -> new Said("info", words.of("archival.unchecked"), List.of()));
  }

  /** Of a document and what is bound to it; empty where nobody has looked. */
  Said ofWhole(Optional<Archival.Checked> checked) {
    return checked
        .map(Archival.Checked::report)
        .map(report ->
            report.conforms()
                ? new Said("success", words.of("archival.whole", claim(report)), List.of())
                : new Said("warning", words.of("archival.whole.not"), reasons(report)))
        .orElseGet(() -> new Said("info", words.of("archival.whole.unchecked"), List.of()));
  }

  Said of(ArchivalReport report) {
    var tone =
        switch (report.outcome()) {
          case CONFORMS -> "success";
          case FAILS, UNKNOWN -> "warning";
          case NO_CLAIM -> "info";
        };
    return new Said(tone, words.of("archival." + report.outcome(), claim(report)), reasons(report));
  }

  private static String claim(ArchivalReport report) {
    return report.claim().toLowerCase(Locale.ROOT);
  }

  private List<String> reasons(ArchivalReport report) {
    return report.complaints().stream()
        .map(each -> words.of("archival.topic." + each.topic(), each.rule()))
        .toList();
  }
}
