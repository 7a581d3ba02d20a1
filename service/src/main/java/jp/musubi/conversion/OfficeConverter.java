package jp.musubi.conversion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * 変換. Has LibreOffice make a PDF/A-2b of an office's document, once for each file: in a process of
 * its own with a profile of its own, without macros, without any network, with bounded time and
 * output. Where there is no such program, or it cannot be cut off from the network, nothing is
 * converted.
 */
@Component
@EnableConfigurationProperties(OfficeSettings.class)
public class OfficeConverter {
  private static final Logger LOG = LoggerFactory.getLogger(OfficeConverter.class);

  private static final Duration SOON = Duration.ofSeconds(30);

  /** The first bytes of an OLE file: what a packed format becomes when a password locks it. */
  private static final byte[] OLE = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

  private final OfficeSettings settings;
  private final Semaphore turns;
  private final Optional<OwnFonts> fonts;

  OfficeConverter(OfficeSettings settings) {
    this.settings = settings;
    this.turns = new Semaphore(settings.atOnce(), true);
    this.fonts =
        Files.isExecutable(settings.program())
                && Confined.isPossible("office documents are not converted")
            ? Optional.of(OwnFonts.layOut())
            : Optional.empty();
  }

  /** What became of a file. */
  public sealed interface Outcome {
    /** The PDF was written. */
    record Converted() implements Outcome {}

    /** None was. */
    record Refused(Reason reason) implements Outcome {}
  }

  /** Why there is no PDF. */
  public enum Reason {
    /** A password locks it. */
    LOCKED,
    /** Changes are proposed in it and not accepted. */
    UNSETTLED,
    /** The program made nothing of it. */
    BROKEN,
    /** It took longer than it may. */
    TOO_LONG
  }

  /** Whether anything is converted here. */
  public boolean isAvailable() {
    return fonts.isPresent();
  }

  /**
   * Makes a PDF.
   *
   * @param file is only read
   * @param target is overwritten
   * @throws Unavailable if others have been waiting for too long
   */
  public Outcome convert(Path file, OfficeFormat format, Path target) {
    var laidOut = fonts.orElseThrow(() -> new IllegalStateException("nothing is converted here"));
    try {
      if (format.isPacked()) {
        if (isLocked(file)) {
          return new Outcome.Refused(Reason.LOCKED);
        }
        if (Unsettled.isIn(file, format)) {
          return new Outcome.Refused(Reason.UNSETTLED);
        }
      }
    } catch (IOException e) {
      LOG.info("an office document that cannot be read: {}", e.getMessage());
      return new Outcome.Refused(Reason.BROKEN);
    }
    try {
      if (!turns.tryAcquire(settings.deadline().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Unavailable("conversion", SOON, new TimeoutException("no turn"));
      }
      try {
        return converted(file, format, target, laidOut);
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

  private Outcome converted(Path file, OfficeFormat format, Path target, OwnFonts laidOut)
      throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("musubi-office");
    try {
      Files.copy(file, folder.resolve("in." + format.ending()));
      Profile.write(folder.resolve("profile"));
      var job = new Confined.Job(List.of(), program(format, folder), environment(laidOut));
      var inTime = Confined.run(job, folder, settings.deadline());
      if (!inTime) {
        return new Outcome.Refused(Reason.TOO_LONG);
      }
      var made = folder.resolve("in.pdf");
      if (!Files.isRegularFile(made) || Files.size(made) == 0) {
        LOG.info(
            "no PDF was made of an office document: {}",
            Files.readString(Confined.said(folder)).strip());
        return new Outcome.Refused(Reason.BROKEN);
      }
      Files.move(made, target, StandardCopyOption.REPLACE_EXISTING);
      return new Outcome.Converted();
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private List<String> program(OfficeFormat format, Path folder) {
    return List.of(
        settings.program().toString(),
        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
        "--headless",
        "--nologo",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        // 2: PDF/A-2b. Tagged, so that a screen reader finds headings and tables.
        "pdf:%s_pdf_Export:{\"SelectPdfVersion\":{\"type\":\"long\",\"value\":\"2\"},\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"}}"
            .formatted(format.application()),
        "--outdir",
        folder.toString(),
        folder.resolve("in." + format.ending()).toString());
  }

  /** Fields of a document that say today's date mean a day in Japan. */
  private static Map<String, String> environment(OwnFonts laidOut) {
    return Map.of(
        "TZ",
        "Asia/Tokyo",
        "SAL_USE_VCLPLUGIN",
        "svp",
        "FONTCONFIG_FILE",
        laidOut.settings().toString());
  }

  private static boolean isLocked(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(OLE.length), OLE);
    }
  }
}
