package jp.musubi.conversion;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jp.musubi.platform.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * PDF/Aへの変換. Has Ghostscript write a PDF as PDF/A-2b (ISO 19005-2) with sRGB as its output intent,
 * in a {@linkplain Confined process of its own} that may read its own folder only. Whether the
 * result is PDF/A, and still the same document, is for others to say.
 */
@Component
@EnableConfigurationProperties(ArchiveSettings.class)
public class ArchiveConverter {
  private static final Logger LOG = LoggerFactory.getLogger(ArchiveConverter.class);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String PROFILE = "srgb.icc";

  /** Says what device colours mean (ISO 19005-2, 6.2.3). */
  private static final String INTENT =
      """
      %!
      [/_objdef {icc} /type /stream /OBJ pdfmark
      [{icc} << /N 3 >> /PUT pdfmark
      [{icc} (@profile) (r) file /PUT pdfmark
      [/_objdef {intent} /type /dict /OBJ pdfmark
      [{intent} << /Type /OutputIntent /S /GTS_PDFA1 /DestOutputProfile {icc}
        /OutputConditionIdentifier (sRGB) /Info (sRGB IEC61966-2.1) >> /PUT pdfmark
      [{Catalog} << /OutputIntents [ {intent} ] >> /PUT pdfmark
      """;

  private final ArchiveSettings settings;
  private final Semaphore turns;
  private final boolean available;

  ArchiveConverter(ArchiveSettings settings) {
    this.settings = settings;
    this.turns = new Semaphore(settings.atOnce(), true);
    this.available =
        Files.isExecutable(settings.program())
            && Confined.isPossible("PDFs are not converted to PDF/A");
  }

  /** What became of a file. */
  public enum Outcome {
    /** Something was written. */
    WRITTEN,
    /** The program made nothing of it. */
    BROKEN,
    /** It took longer than it may. */
    TOO_LONG
  }

  /**
   * How Ghostscript reads a PDF. The first reader of its own for PDF (10.00, as some systems have
   * it) loses which letters the glyphs of embedded Japanese fonts are; the one before it keeps
   * them. Where there is only one, both are the same.
   */
  public enum Reader {
    /** As the program is. */
    USUAL(List.of()),
    /** The one that is written in PostScript. */
    FORMER(List.of("-dNEWPDF=false"));

    // What List.of makes is immutable; the checker cannot see it.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> options;

    Reader(List<String> options) {
      this.options = options;
    }
  }

  /** Whether anything is converted here. */
  public boolean isAvailable() {
    return available;
  }

  /**
   * Writes a PDF as PDF/A-2b.
   *
   * @param pdf is only read
   * @param target is overwritten
   * @throws Unavailable if others have been waiting for too long
   */
  public Outcome convert(Reader reader, Path pdf, Path target) {
    if (!available) {
      throw new IllegalStateException("nothing is converted here");
    }
    try {
      if (!turns.tryAcquire(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("conversion", SOON, new TimeoutException("no turn"));
      }
      try {
        return converted(reader, pdf, target);
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable("conversion", SOON, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome converted(Reader reader, Path pdf, Path target)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("musubi-archive");
    try {
      Files.copy(pdf, folder.resolve("in.pdf"));
      var profile = folder.resolve(PROFILE);
      Files.write(profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
      Files.writeString(
          folder.resolve("intent.ps"), INTENT.replace("@profile", profile.toString()));
      var job =
          new Confined.Job(
              List.of("--as=" + ((long) settings.megabytes() << 20)),
              program(reader, folder),
              Map.of());
      if (!Confined.run(job, folder, settings.deadline())) {
        return Outcome.TOO_LONG;
      }
      var made = folder.resolve("out.pdf");
      if (!Files.isRegularFile(made) || Files.size(made) == 0) {
        LOG.info("no PDF/A was made: {}", Files.readString(Confined.said(folder)).strip());
        return Outcome.BROKEN;
      }
      Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
      return Outcome.WRITTEN;
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  /** Pictures stay as fine as they are, and nothing is turned. */
  private List<String> program(Reader reader, Path folder) {
    var command = new ArrayList<String>();
    command.add(settings.program().toString());
    command.addAll(reader.options);
    command.addAll(
        List.of(
            "-dSAFER",
            "-dBATCH",
            "-dNOPAUSE",
            "-dQUIET",
            "-sDEVICE=pdfwrite",
            "-dPDFA=2",
            // 1: what PDF/A does not have is left out; whether that was seen is compared
            // afterwards.
            "-dPDFACompatibilityPolicy=1",
            "-sColorConversionStrategy=RGB",
            "-dAutoRotatePages=/None",
            "-dEmbedAllFonts=true",
            "-dDownsampleColorImages=false",
            "-dDownsampleGrayImages=false",
            "-dDownsampleMonoImages=false",
            "-dAutoFilterColorImages=false",
            "-dAutoFilterGrayImages=false",
            "-dColorImageFilter=/FlateEncode",
            "-dGrayImageFilter=/FlateEncode",
            "--permit-file-read=" + folder.resolve(PROFILE),
            "-sOutputFile=" + folder.resolve("out.pdf"),
            folder.resolve("intent.ps").toString(),
            folder.resolve("in.pdf").toString()));
    return command;
  }
}
