package jp.musubi.verification;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Fact;
import jp.musubi.seal.validation.ValidationMessages;
import jp.musubi.seal.validation.ValidationReport;
import jp.musubi.seal.validation.ValidationReport.Signature;

/**
 * 検証結果 as a page shows it, in one language. What a file says of itself may be meant to deceive: it
 * is cut short, without directions and line ends, and named as what it is.
 *
 * @param tone of the banner
 * @param verdict the key of its words
 * @param reasons why it is not simply valid
 * @param signatures in the order they were made
 * @param archive when and by whom the file was stamped for keeping
 * @param changes what changed after a signature and may not have; in English
 * @param more how many signatures are not shown
 */
public record SignatureSheet(
    String tone,
    String verdict,
    List<String> reasons,
    List<List<Fact>> signatures,
    List<String> archive,
    List<String> changes,
    int more,
    String sha256,
    String at) {
  private static final int MOST = 50;
  private static final int LONGEST = 200;

  /** Control characters, directions, and what has no width (LAW-23). */
  private static final Pattern DECEIVING = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm '(Japan time)'", Locale.ENGLISH);

  /** Keeps its own copies. */
  public SignatureSheet {
    reasons = List.copyOf(reasons);
    signatures = List.copyOf(signatures);
    archive = List.copyOf(archive);
    changes = List.copyOf(changes);
  }

  static SignatureSheet of(ValidationReport report, Instant at, Locale locale, Book book) {
    var words = new Words(locale, book);
    return new SignatureSheet(
        switch (report.verdict()) {
          case VALID -> "success";
          case VALID_WITH_WARNINGS, INDETERMINATE, NO_SIGNATURE -> "warning";
          case INVALID -> "error";
        },
        "verify.sig." + report.verdict().code(),
        report.reasons().stream()
            .map(reason -> ValidationMessages.of(reason, locale))
            .distinct()
            .toList(),
        report.signatures().stream().limit(MOST).map(words::facts).toList(),
        report.documentTimestamps().stream().limit(MOST).map(words::archive).toList(),
        report.modificationsAfterSigning().stream().limit(MOST).map(SignatureSheet::plain).toList(),
        Math.max(0, report.signatures().size() - MOST),
        report.sha256().hex(),
        words.time(at));
  }

  static String plain(String said) {
    var line = DECEIVING.matcher(said).replaceAll(" ").strip();
    var end = line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length())));
    return end < line.length() ? line.substring(0, end) + "…" : line;
  }

  /** The names in a certificate's subject, the person or service first (RFC 4514). */
  static String subject(String distinguishedName) {
    try {
      var parts = new LdapName(distinguishedName).getRdns();
      return Stream.of("CN", "O")
          .flatMap(type -> parts.stream().filter(part -> part.getType().equalsIgnoreCase(type)))
          .map(part -> plain(String.valueOf(part.getValue())))
          .reduce((one, other) -> one + "、" + other)
          .orElse(plain(distinguishedName));
    } catch (InvalidNameException e) {
      return plain(distinguishedName);
    }
  }

  /** What is said in the reader's language. */
  private record Words(Locale locale, Book book) {

    List<Fact> facts(Signature signature) {
      var facts = new ArrayList<Fact>();
      facts.add(
          Fact.of(
              "verify.sig.indication",
              book.shown("verify.sig.indication." + signature.indication())));
      facts.add(Fact.of("verify.sig.certificate", orNone(subject(signature.certificate()))));
      facts.add(Fact.of("verify.sig.name", orNone(plain(signature.name()))));
      facts.add(Fact.of("verify.sig.reason", orNone(plain(signature.reason()))));
      facts.add(
          Fact.of(
              "verify.sig.proven",
              signature.timestamp().map(this::of).orElseGet(() -> book.shown("verify.sig.none"))));
      facts.add(
          Fact.of(
              "verify.sig.claimed",
              signature
                  .signingTime()
                  .map(this::time)
                  .orElseGet(() -> book.shown("verify.sig.none"))));
      facts.add(Fact.of("verify.sig.level", signature.level()));
      return List.copyOf(facts);
    }

    String archive(ValidationReport.Timestamp timestamp) {
      return of(timestamp) + book.shown("verify.sig.until", time(timestamp.until()));
    }

    String of(ValidationReport.Timestamp timestamp) {
      return time(timestamp.time()) + "　" + plain(timestamp.tsa());
    }

    String time(Instant at) {
      return locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
          ? ENGLISH.format(at.atZone(JapaneseDates.ZONE))
          : JapaneseDates.time(at);
    }

    private String orNone(String said) {
      return said.isEmpty() ? book.shown("verify.sig.none") : said;
    }
  }
}
