package jp.musubi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import jp.musubi.platform.DistinguishedName;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.QrCode;
import jp.musubi.seal.appearance.ImprintMessages;
import org.apache.pdfbox.pdmodel.PDDocument;

/** 締結証明書 as a PDF: A4, Japanese, PDF/A-2u and PDF/UA-1. The caller seals it. */
public final class CertificatePdf {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.evidence", Locale.ROOT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.JAPAN);

  private CertificatePdf() {}

  /**
   * Writes the certificate.
   *
   * @param issuedAt shown as its date
   */
  public static void write(Certificate certificate, Instant issuedAt, Path target) {
    try (var document = new PDDocument()) {
      PdfDescription.write(
          document,
          word("title") + " " + certificate.number() + " " + certificate.title(),
          certificate.body(),
          word("creator"),
          issuedAt);
      var fonts = PdfFonts.in(document);
      var sheet = new Sheet(document, fonts);
      sheet.title(word("title"), word("number", certificate.number()));
      if (certificate.trial()) {
        sheet.notice(word("trial"));
      }
      sheet.paragraph(word("lead", certificate.body()), Sheet.INK);
      contract(sheet, certificate);
      papers(sheet, certificate);
      filled(sheet, certificate);
      sheet.heading(word("signers"));
      for (var signer : certificate.signers()) {
        signer(sheet, signer);
        mandates(sheet, certificate, signer);
      }
      file(sheet, certificate);
      sheet.heading(word("verify"));
      sheet.paragraph(word("verify.how"), Sheet.INK);
      sheet.paragraph(word("verify.hash"), Sheet.INK);
      sheet.fact(word("verify.address"), certificate.originalCheck().toString());
      sheet.code(QrCode.of(certificate.originalCheck().toString()));
      sheet.paragraph(word("verify.levels"), Sheet.QUIET);
      if (certificate.masked()) {
        sheet.paragraph(word("masked"), Sheet.QUIET);
      }
      var missing = fonts.substitutions();
      if (!missing.isEmpty()) {
        sheet.heading(word("letters"));
        for (var note : missing) {
          sheet.paragraph(ImprintMessages.of(note, Locale.JAPAN), Sheet.INK);
        }
      }
      sheet.footers((page, pages) ->
          word("foot", certificate.number(), page, pages)
              + (certificate.trial() ? word("foot.trial") : ""));
      sheet.finish();
      document.save(target.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void contract(Sheet sheet, Certificate certificate) {
    sheet.heading(word("contract"));
    sheet.fact(word("contract.title"), certificate.title());
    sheet.fact(word("contract.number"), certificate.number());
    sheet.fact(
        word("contract.file"),
        word("contract.file.pages", certificate.fileName(), certificate.pages()));
    sheet.fact(
        word("contract.date"),
        certificate.contractDate().map(JapaneseDates::date).orElse(word("contract.date.none")));
    sheet.fact(word("contract.concluded"), moment(certificate.concludedAt()));
    sheet.fact(
        word("contract.parties"),
        certificate.signers().stream()
            .map(Certificate.Signer::organisation)
            .filter(name -> !name.isEmpty())
            .distinct()
            .collect(Collectors.joining("、")));
  }

  private static void papers(Sheet sheet, Certificate certificate) {
    if (certificate.papers().isEmpty()) {
      return;
    }
    sheet.heading(word("papers"));
    for (var paper : certificate.papers()) {
      sheet.fact(
          word("contents.kind." + paper.kind()),
          word(paper.bound() ? "papers.bound" : "papers.beside", paper.name()));
      sheet.fact(word("contents.file.sha256"), paper.sha256().hex());
    }
  }

  private static void filled(Sheet sheet, Certificate certificate) {
    if (certificate.filled().isEmpty()) {
      return;
    }
    sheet.heading(word("filled"));
    sheet.paragraph(word("filled.lead"), Sheet.INK);
    for (var each : certificate.filled()) {
      sheet.fact(each.label(), word("filled.by", each.text(), each.by(), moment(each.at())));
    }
  }

  private static void signer(Sheet sheet, Certificate.Signer signer) {
    sheet.subheading(
        word(
            "signer.head",
            signer.ordinal() + 1,
            word("role." + signer.role()),
            String.join(" ", signer.organisation(), signer.title(), signer.name())
                .replaceAll(" {2,}", " ")
                .strip()));
    if (signer.mail().isPresent()) {
      sheet.fact(word("signer.mail"), signer.mail().get());
    }
    sheet.fact(
        word("signer.authentication"),
        String.join(
                word("signer.and"),
                Factors.inWords(
                    signer.authentication(), factor -> known("factor." + factor, factor)))
            + word("signer.level", word("level." + signer.level())));
    sheet.fact(word("signer.agreed"), moment(signer.agreedAt()));
    sheet.fact(word("signer.consent"), signer.consent());
    sheet.fact(word("signer.address"), signer.clientIp());
    sheet.fact(word("signer.shown"), signer.shown().hex());
    signer
        .own()
        .ifPresent(own -> {
          sheet.fact(word("signer.own"), word("signer.own.kind"));
          sheet.fact(word("signer.own.holder"), DistinguishedName.readable(own.holder()));
          sheet.fact(word("signer.own.issuer"), DistinguishedName.readable(own.issuer()));
          sheet.fact(word("signer.own.serial"), own.serial());
          sheet.fact(word("signer.own.at"), moment(own.at()));
        });
    sheet.fact(word("signer.sealed"), moment(signer.sealedAt()));
    sheet.fact(word("signer.seal"), signer.sealSerial());
    sheet.fact(word("signer.timestamp"), signer.timestampSerial());
  }

  /** Who had given whom the power to do so. */
  private static void mandates(Sheet sheet, Certificate certificate, Certificate.Signer signer) {
    var own =
        certificate.mandates().stream().filter(each -> each.ordinal() == signer.ordinal()).toList();
    for (var each : own) {
      sheet.fact(
          word("mandate"),
          word(
              "mandate.said",
              each.principal(),
              each.agent(),
              JapaneseDates.date(each.from()),
              JapaneseDates.date(each.until())));
      sheet.fact(word("mandate.scope"), each.scope());
      sheet.fact(
          word("mandate.paper"),
          word(
              "mandate.paper.said",
              each.number().isEmpty() ? word("mandate.paper.unnumbered") : each.number(),
              JapaneseDates.date(each.on())));
      sheet.fact(word("mandate.sha256"), each.sha256().hex());
    }
    // Whoever was passed the contract on by the agent stands in no 委任状.
    if (!own.isEmpty() && !own.getLast().agent().endsWith(signer.name())) {
      sheet.paragraph(word("mandate.passedOn", own.getLast().agent(), signer.name()), Sheet.INK);
    }
  }

  private static void file(Sheet sheet, Certificate certificate) {
    sheet.heading(word("file"));
    sheet.fact(word("file.sha256"), certificate.concluded().hex());
    sheet.fact(word("file.shown"), certificate.shown().hex());
    sheet.fact(word("file.level"), word("file.level.lta"));
    sheet.fact(word("file.archive"), certificate.archiveTimestampSerial());
  }

  private static String moment(Instant at) {
    return word("moment", JapaneseDates.date(at), TIME.format(at.atZone(JapaneseDates.ZONE)));
  }

  private static String known(String key, String otherwise) {
    return WORDS.containsKey("evidence." + key) ? word(key) : otherwise;
  }

  private static String word(String key, Object... values) {
    var pattern = WORDS.getString("evidence." + key);
    return values.length == 0 ? pattern : new MessageFormat(pattern, Locale.JAPAN).format(values);
  }
}
