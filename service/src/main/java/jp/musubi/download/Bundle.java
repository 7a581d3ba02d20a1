package jp.musubi.download;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.audit.VerificationReports;
import jp.musubi.authority.Reach;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractSearch;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.PackedZip.Packed;
import jp.musubi.platform.Unavailable;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ReportText;
import jp.musubi.vault.Vault;
import jp.musubi.verification.Judgements;
import org.springframework.stereotype.Component;

/**
 * 一括ダウンロード. A ZIP of concluded contracts with their certificates, a list, and the digests of all
 * files; written as it goes, a file at a time. A file that is not whole is left out and told so.
 */
@Component
class Bundle {
  private static final int AT_ONCE = 100;
  private static final List<String> HEADINGS =
      List.of(
          "文書番号",
          "件名",
          "所属",
          "相手方",
          "契約日",
          "締結日時",
          "契約金額",
          "契約期間の始まり",
          "契約期間の終わり",
          "契約書のファイル",
          "契約書のSHA-256",
          "締結証明書のファイル",
          "締結証明書のSHA-256");

  private final ContractSearch search;
  private final Contracts contracts;
  private final Attachments attachments;
  private final NamingFacts facts;
  private final NewestVersions newest;
  private final FileNameRules rules;
  private final Vault vault;
  private final AccessRecord record;
  private final VerificationReports verification;
  private final Judgements judgements;
  private final Clock clock;

  Bundle(
      ContractSearch search,
      Contracts contracts,
      Attachments attachments,
      NamingFacts facts,
      NewestVersions newest,
      FileNameRules rules,
      Vault vault,
      AccessRecord record,
      VerificationReports verification,
      Judgements judgements,
      Clock clock) {
    this.search = search;
    this.contracts = contracts;
    this.attachments = attachments;
    this.facts = facts;
    this.newest = newest;
    this.rules = rules;
    this.vault = vault;
    this.record = record;
    this.verification = verification;
    this.judgements = judgements;
    this.clock = clock;
  }

  /**
   * Of what a bundle consists.
   *
   * @param leftOut files that could not be taken
   */
  record Written(int contracts, List<LeftOut> leftOut) {}

  /** A file that is not in it, and why: damaged, or the store did not answer. */
  record LeftOut(String number, String kind, String sha256, String reason) {}

  /** Writes it; each contract's own history says that it was taken. */
  Written write(Selection selection, Reach reach, Map<String, Object> told, OutputStream target)
      throws IOException {
    var list = Files.createTempFile("musubi-list-", ".csv");
    try (var packing = new Packing(target);
        var files = new Manifest(told)) {
      var written = contracts(selection, reach, packing, list, files);
      packing.pack("一覧.csv", out -> Files.copy(list, out));
      if (!written.leftOut().isEmpty()) {
        packing.pack("取り出せなかったファイル.csv", out -> leftOut(written.leftOut(), out));
      }
      files.finish(written);
      packing.pack("manifest.json", files::copyTo);
      packing.finish();
      return written;
    } finally {
      Files.deleteIfExists(list);
    }
  }

  private Written contracts(
      Selection selection, Reach reach, Packing packing, Path list, Manifest files)
      throws IOException {
    var rule = rules.current();
    var names = new SafeName();
    var leftOut = new ArrayList<LeftOut>();
    var count = 0;
    try (var csv = Rows.of(Files.newOutputStream(list), HEADINGS)) {
      var after = Optional.<ContractSearch.Cursor>empty();
      do {
        var page = selection.page(search, reach, after, AT_ONCE);
        for (var each : page.contracts()) {
          var contract = contracts.get(each.id());
          var name = names.own(rule.of(facts.of(contract)));
          var document = newest.of(contract.id(), contract.finalFile().orElseThrow());
          var taken = take(packing, contract, "契約書", name, document, files, leftOut);
          var certified =
              contract
                  .certificate()
                  .map(file -> newest.of(contract.id(), file))
                  .flatMap(file ->
                      take(packing, contract, "締結証明書", name + "_締結証明書", file, files, leftOut));
          var number = 0;
          for (var paper : attachments.of(contract.id()).references()) {
            number++;
            var own = "%s_%03d_%s".formatted(name, number, SafeName.of(paper.name()));
            enclose(packing, contract, "参照する書類/" + own, paper.sha256(), files, leftOut);
          }
          csv.printRecord(row(contract, taken, certified));
          count++;
        }
        after = page.next();
      } while (after.isPresent());
    }
    return new Written(count, List.copyOf(leftOut));
  }

  /** The sealed file that was packed, with what our validator says of it today. */
  private Optional<Packed> take(
      Packing packing,
      Particulars contract,
      String kind,
      String name,
      Sha256 file,
      Manifest files,
      List<LeftOut> leftOut) {
    return pack(
        contract,
        kind,
        file,
        leftOut,
        path -> {
          var packed = whole(packing.pack(place(kind, name), out -> Files.copy(path, out)), file);
          files.add(packed, contract.number());
          for (var report : report(packing, contract, name, path).stream().toList()) {
            files.add(report, contract.number());
          }
          return packed;
        });
  }

  /** What the contract refers to (参照), byte for byte. */
  private void enclose(
      Packing packing,
      Particulars contract,
      String place,
      Sha256 file,
      Manifest files,
      List<LeftOut> leftOut) {
    pack(
        contract,
        "参照する書類",
        file,
        leftOut,
        path -> {
          var packed = whole(packing.pack(place, out -> Files.copy(path, out)), file);
          files.add(packed, contract.number());
          return packed;
        });
  }

  /** What is done with a file while the vault lends it. */
  private interface Work {
    Packed with(Path file) throws IOException;
  }

  private Optional<Packed> pack(
      Particulars contract, String kind, Sha256 file, List<LeftOut> leftOut, Work work) {
    record.note(
        "document.downloaded",
        contract.id().value(),
        Map.of("kind", "bundle", "document", file.hex()));
    try {
      return Optional.of(
          // The vault checks the whole file before it lends it, so that nothing half is begun.
          vault.with(
              file,
              path -> {
                try {
                  return work.with(path);
                } catch (IOException gone) {
                  throw new UncheckedIOException(gone);
                }
              }));
    } catch (IntegrityBroken | NotFound e) {
      leftOut.add(new LeftOut(contract.number(), kind, file.hex(), "原本が失われたか、壊れています"));
    } catch (Unavailable e) {
      leftOut.add(new LeftOut(contract.number(), kind, file.hex(), "原本の置き場が応答しません"));
    }
    return Optional.empty();
  }

  private static Packed whole(Packed packed, Sha256 file) {
    if (!packed.sha256().equals(file.hex())) {
      throw new IllegalStateException("other bytes were written of " + file);
    }
    return packed;
  }

  /** What others made is judged apart, and has no report where that takes too much. */
  private Optional<Packed> report(Packing packing, Particulars contract, String name, Path file)
      throws IOException {
    var now = clock.instant();
    var report =
        contract.isFromElsewhere()
            ? judgements.of(file, now)
            : Optional.of(verification.of(file, now));
    if (report.isEmpty()) {
      return Optional.empty();
    }
    var said = ReportText.of(name + ".pdf", report.get());
    return Optional.of(
        packing.pack(
            "検証結果/" + name + ".txt", out -> out.write(said.getBytes(StandardCharsets.UTF_8))));
  }

  private static String place(String kind, String name) {
    return kind + "/" + name + ".pdf";
  }

  private List<String> row(
      Particulars contract, Optional<Packed> document, Optional<Packed> certificate) {
    var said = facts.of(contract);
    return List.of(
        contract.number(),
        contract.title(),
        Objects.requireNonNullElse(said.get(FileNameRule.Part.SECTION), ""),
        Objects.requireNonNullElse(said.get(FileNameRule.Part.COUNTERPARTY), ""),
        contract.contractDate().map(Object::toString).orElse(""),
        contract.concludedAt().map(JapaneseDates::time).orElse(""),
        contract.amount().isPresent() ? String.valueOf(contract.amount().getAsLong()) : "",
        contract.periodFrom().map(Object::toString).orElse(""),
        contract.periodUntil().map(Object::toString).orElse(""),
        document.map(Packed::name).orElse("取り出せませんでした"),
        newest.of(contract.id(), contract.finalFile().orElseThrow()).hex(),
        certificate
            .map(Packed::name)
            .orElse(contract.certificate().isEmpty() ? "なし（他社サービスで締結）" : "取り出せませんでした"),
        contract.certificate().map(file -> newest.of(contract.id(), file).hex()).orElse(""));
  }

  private static void leftOut(List<LeftOut> leftOut, OutputStream out) throws IOException {
    var csv = Rows.of(out, List.of("文書番号", "ファイル", "SHA-256", "理由"));
    for (var each : leftOut) {
      csv.printRecord(each.number(), each.kind(), each.sha256(), each.reason());
    }
    csv.flush();
  }
}
