package jp.musubi.seal.isolation;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.pages.PageText;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What the processes say to each other: a line of JSON asks, a line of JSON answers. */
final class Wire {
  /** Longer lines than this are no answer. */
  static final int LONGEST_LINE = 16_000_000;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Wire() {}

  /** What is to be done with a file. */
  enum Task {
    /** Says nothing; the process is there. */
    GREET,
    /** Inspect it. */
    INSPECT,
    /** Inspect it, write it anew and compare the two. */
    REBUILD,
    /** Draw a page as a PNG. */
    IMAGE,
    /** Read the text of a page. */
    TEXT,
    /** Read the text of all pages, within limits. */
    WHOLE_TEXT,
    /** Judge its signatures. */
    VALIDATE,
    /** Check whether it is the PDF/A that it claims to be. */
    ARCHIVAL,
    /** Compare it with another version of it. */
    LIKENESS
  }

  /**
   * A question.
   *
   * @param target where a written file goes, or the other of two that are compared; empty for none
   * @param page from 1; 0 for none
   * @param policy for {@link Task#VALIDATE}
   */
  record Question(
      String id,
      Task task,
      String pdf,
      String target,
      int page,
      int width,
      @Nullable Policy policy) {

    static Question of(Task task, Path pdf) {
      return new Question(name(), task, absolute(pdf), "", 0, 0, null);
    }

    static Question judging(Path pdf, Policy policy) {
      return new Question(name(), Task.VALIDATE, absolute(pdf), "", 0, 0, policy);
    }

    Question into(Path written) {
      return new Question(id, task, pdf, absolute(written), page, width, policy);
    }

    Question page(int number, int widthPx) {
      return new Question(id, task, pdf, target, number, widthPx, policy);
    }

    private static String name() {
      return UUID.randomUUID().toString();
    }
  }

  /**
   * By whom signatures are judged.
   *
   * @param anchors trusted certificates, as DER in Base64
   * @param ours certificates of this service, likewise
   */
  record Policy(List<String> anchors, List<String> ours, Instant at) {

    static Policy of(ValidationPolicy policy) {
      return new Policy(written(policy.trustAnchors()), written(policy.ours()), policy.at());
    }

    /** By the standard table of algorithms. */
    ValidationPolicy read() {
      return new ValidationPolicy(read(anchors), at).withOurs(read(ours));
    }

    private static List<String> written(Set<X509Certificate> certificates) {
      return certificates.stream().map(Policy::written).toList();
    }

    private static String written(X509Certificate certificate) {
      try {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
      } catch (CertificateException e) {
        throw new IllegalStateException("a certificate that was read can be written", e);
      }
    }

    private static Set<X509Certificate> read(List<String> certificates) {
      return certificates.stream().map(Policy::read).collect(Collectors.toSet());
    }

    private static X509Certificate read(String certificate) {
      try {
        return (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(
                    new ByteArrayInputStream(Base64.getDecoder().decode(certificate)));
      } catch (CertificateException e) {
        throw new IllegalStateException("a certificate that was written can be read", e);
      }
    }
  }

  /**
   * An answer.
   *
   * @param inspection of the file, for {@link Task#INSPECT}, {@link Task#REBUILD} and {@link
   *     Task#LIKENESS}
   * @param sha256 of the written file; null when none was written
   * @param pages of the written file; how many were read for {@link Task#WHOLE_TEXT}
   * @param complete whether all of the text was read
   * @param text of the page, or of all
   * @param report for {@link Task#VALIDATE}
   * @param archival for {@link Task#ARCHIVAL}
   * @param failure why there is no answer; null when there is one
   * @param noSuchPage whether it is that the page is not there
   */
  record Answer(
      String id,
      @Nullable Inspection inspection,
      @Nullable String sha256,
      int pages,
      @Nullable String text,
      @Nullable ValidationReport report,
      @Nullable ArchivalReport archival,
      @Nullable String failure,
      boolean noSuchPage,
      boolean complete) {

    static Answer done(String id) {
      return new Answer(id, null, null, 0, null, null, null, null, false, false);
    }

    static Answer of(String id, Inspection inspection) {
      return new Answer(id, inspection, null, 0, null, null, null, null, false, false);
    }

    static Answer text(String id, String text) {
      return new Answer(id, null, null, 0, text, null, null, null, false, false);
    }

    static Answer of(String id, PageText.Whole whole) {
      return new Answer(
          id, null, null, whole.pages(), whole.text(), null, null, null, false, whole.complete());
    }

    static Answer of(String id, ValidationReport report) {
      return new Answer(id, null, null, 0, null, report, null, null, false, false);
    }

    static Answer of(String id, ArchivalReport archival) {
      return new Answer(id, null, null, 0, null, null, archival, null, false, false);
    }

    static Answer failed(String id, String failure, boolean noSuchPage) {
      return new Answer(id, null, null, 0, null, null, null, failure, noSuchPage, false);
    }
  }

  static String absolute(Path file) {
    return file.toAbsolutePath().toString();
  }

  static String line(Object said) {
    return JSON.writeValueAsString(said) + "\n";
  }

  static Question question(String line) {
    return JSON.readValue(line, Question.class);
  }

  static Answer answer(String line) {
    return JSON.readValue(line, Answer.class);
  }
}
