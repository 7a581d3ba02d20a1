package jp.musubi.seal.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.archival.ArchivalReport;
import jp.musubi.seal.inspection.Inspection;
import jp.musubi.seal.inspection.Rebuilt;
import jp.musubi.seal.pages.PageText;
import jp.musubi.seal.validation.ValidationPolicy;
import jp.musubi.seal.validation.ValidationReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * 隔離した検査 — inspection, rebuild, page images and judgements in processes of their own. A file that a
 * process does not survive gets a finding (PDF-P15); the next file gets a fresh process, started
 * ahead.
 */
public final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final WorkerPool pool;

  /**
   * Starts nothing yet.
   *
   * @param jar an executable jar that runs {@link WorkerMain} when told {@code worker}
   * @param size how many processes at once
   */
  public Workers(Path jar, WorkerLimits limits, int size) {
    this.pool = new WorkerPool(jar, limits, size);
  }

  /** Starts processes ahead of the files, and returns when they are ready. */
  public void warmUp() {
    pool.warmUp();
  }

  /**
   * Inspects a file (PDF-P01 to P17). Whatever the file does, the answer is an inspection.
   *
   * @throws WorkersUnavailable when no process can be had
   */
  public Inspection inspect(Path pdf) throws WorkersUnavailable {
    try {
      var answer = pool.ask(Wire.Question.of(Wire.Task.INSPECT, pdf));
      return answer.inspection() == null
          ? Inspection.notFinished(size(pdf), String.valueOf(answer.failure()))
          : answer.inspection();
    } catch (WorkerLost lost) {
      return Inspection.notFinished(size(pdf), String.valueOf(lost.getMessage()));
    }
  }

  /**
   * Inspects a file and, where it is acceptable, writes it anew (PDF-P16) and compares (PDF-P17).
   *
   * @param target where the new file goes; nothing is left there unless it was written
   * @throws WorkersUnavailable when no process can be had
   */
  public Rebuilt rebuild(Path source, Path target) throws WorkersUnavailable {
    try {
      var answer = pool.ask(Wire.Question.of(Wire.Task.REBUILD, source).into(target));
      var inspection = answer.inspection();
      if (inspection == null) {
        return refused(source, target, String.valueOf(answer.failure()));
      }
      return answer.sha256() == null
          ? new Rebuilt.Refused(inspection)
          : new Rebuilt.Written(Sha256.parse(answer.sha256()), answer.pages(), inspection);
    } catch (WorkerLost lost) {
      return refused(source, target, String.valueOf(lost.getMessage()));
    }
  }

  /**
   * Draws a page as a PNG.
   *
   * @param page from 1
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws WorkerLost when the page cannot be drawn within the limits
   * @throws IOException when the file cannot be read
   */
  public byte[] image(Path pdf, int page, int widthPx)
      throws IOException, WorkerLost, WorkersUnavailable {
    var picture = Files.createTempFile("musubi-page", ".png");
    try {
      readable(pool.ask(Wire.Question.of(Wire.Task.IMAGE, pdf).into(picture).page(page, widthPx)));
      return Files.readAllBytes(picture);
    } finally {
      Files.deleteIfExists(picture);
    }
  }

  /**
   * The text of a page.
   *
   * @param page from 1
   * @throws IndexOutOfBoundsException when there is no such page
   * @throws WorkerLost when the page cannot be read within the limits
   * @throws IOException when the file cannot be read
   */
  public String text(Path pdf, int page) throws IOException, WorkerLost, WorkersUnavailable {
    var answer = readable(pool.ask(Wire.Question.of(Wire.Task.TEXT, pdf).page(page, 0)));
    return answer.text() == null ? "" : answer.text();
  }

  /**
   * The text of all pages, until one of the limits is met.
   *
   * @param mostCharacters how many UTF-16 units of text at most
   * @throws WorkerLost when it cannot be read within the limits of a process
   * @throws IOException when the file cannot be read
   */
  public PageText.Whole wholeText(Path pdf, int mostPages, int mostCharacters)
      throws IOException, WorkerLost, WorkersUnavailable {
    var answer =
        readable(
            pool.ask(Wire.Question.of(Wire.Task.WHOLE_TEXT, pdf).page(mostPages, mostCharacters)));
    return new PageText.Whole(
        answer.text() == null ? "" : answer.text(), answer.pages(), answer.complete());
  }

  /**
   * Judges the signatures of a file nobody has looked at yet, as {@link
   * jp.musubi.seal.validation.Validator} does by the standard table of algorithms.
   *
   * @throws WorkerLost when there is no judgement within the limits
   * @throws IOException when the file is no PDF
   */
  public ValidationReport validate(Path pdf, ValidationPolicy policy)
      throws IOException, WorkerLost, WorkersUnavailable {
    var question = Wire.Question.judging(pdf, Wire.Policy.of(policy));
    var answer = readable(pool.ask(question));
    if (answer.report() == null) {
      throw new WorkersUnavailable("a process gave no judgement");
    }
    return answer.report();
  }

  /**
   * Checks whether a file is the PDF/A that it claims to be. Whatever the file does, the answer is
   * a report.
   *
   * @throws WorkersUnavailable when no process can be had
   */
  public ArchivalReport archival(Path pdf) throws WorkersUnavailable {
    try {
      var answer = pool.ask(Wire.Question.of(Wire.Task.ARCHIVAL, pdf));
      if (answer.archival() == null) {
        LOG.info("the claim of being PDF/A was not checked: {}", answer.failure());
        return ArchivalReport.unknown("");
      }
      return answer.archival();
    } catch (WorkerLost lost) {
      LOG.info("the claim of being PDF/A was not checked: {}", lost.getMessage());
      return ArchivalReport.unknown("");
    }
  }

  /**
   * Compares two versions of a file; acceptable if they are alike. Whatever the files do, the
   * answer is an inspection.
   *
   * @throws WorkersUnavailable when no process can be had
   */
  public Inspection likeness(Path before, Path after) throws WorkersUnavailable {
    try {
      var answer = pool.ask(Wire.Question.of(Wire.Task.LIKENESS, before).into(after));
      return answer.inspection() == null
          ? Inspection.notFinished(size(before), String.valueOf(answer.failure()))
          : answer.inspection();
    } catch (WorkerLost lost) {
      return Inspection.notFinished(size(before), String.valueOf(lost.getMessage()));
    }
  }

  private static Wire.Answer readable(Wire.Answer answer) throws IOException {
    if (answer.noSuchPage()) {
      throw new IndexOutOfBoundsException(answer.failure());
    }
    if (answer.failure() != null) {
      throw new IOException(answer.failure());
    }
    return answer;
  }

  private static Rebuilt refused(Path source, Path target, String why) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      LOG.warn("half a file stays behind: {}", target, e);
    }
    return new Rebuilt.Refused(Inspection.notFinished(size(source), why));
  }

  private static long size(Path pdf) {
    return pdf.toFile().length();
  }

  /** Processes that wait, for tests that stop one. */
  long[] pids() {
    return pool.pids();
  }

  @Override
  public void close() {
    pool.close();
  }
}
