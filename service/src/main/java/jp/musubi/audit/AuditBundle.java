package jp.musubi.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.HistoryPdf;
import jp.musubi.platform.PackedZip;
import jp.musubi.platform.PackedZip.Packed;
import jp.musubi.seal.Sha256;
import jp.musubi.seal.validation.ReportJson;
import jp.musubi.seal.validation.ReportText;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * 検査提出セット. A ZIP with contract, certificate and history of each contract drawn, what our validator
 * says of the sealed files today, their entries of the record, and a list of all files with their
 * digests; written as it goes, a file at a time.
 */
@Component
class AuditBundle {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Contracts contracts;
  private final Attachments attachments;
  private final Vault vault;
  private final Histories histories;
  private final AuditExport export;
  private final AccessRecord record;
  private final VerificationReports verification;

  AuditBundle(
      Contracts contracts,
      Attachments attachments,
      Vault vault,
      Histories histories,
      AuditExport export,
      AccessRecord record,
      VerificationReports verification) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.vault = vault;
    this.histories = histories;
    this.export = export;
    this.record = record;
    this.verification = verification;
  }

  /**
   * Writes the bundle; each contract's own history says that it was taken.
   *
   * @param told what the list of files says of how the contracts were drawn
   */
  void write(
      List<Ledger.Drawn> drawn,
      String body,
      Map<String, Object> told,
      Instant now,
      OutputStream target)
      throws IOException {
    var files = new ArrayList<Packed>();
    var zip = new PackedZip(target);
    for (var each : drawn) {
      record.note(
          "document.downloaded",
          each.id(),
          Map.of("kind", "audit-bundle", "document", each.file().hex()));
      var folder = each.number().replaceAll("[^\\p{L}\\p{N}._-]", "_") + "/";
      addSealed(zip, folder + "契約書", each.file(), now, files);
      addSealed(zip, folder + "締結証明書", each.certificate(), now, files);
      var number = 1;
      for (var paper : attachments.of(new ContractId(each.id())).references()) {
        files.add(
            zip.pack(
                folder + "参照する書類/%03d_".formatted(number) + paper.name(),
                out -> copy(paper.sha256(), out)));
        number++;
      }
      var history = histories.of(contracts.get(new ContractId(each.id())), body);
      files.add(zip.pack(folder + "契約の経過.pdf", out -> HistoryPdf.write(history, now, out)));
    }
    var ids = drawn.stream().map(Ledger.Drawn::id).toList();
    files.add(
        zip.pack(
            "監査記録.jsonl",
            out -> export.jsonl(AuditQuery.everything().about(Optional.of(ids)), out)));
    var manifest = new LinkedHashMap<String, Object>(told);
    manifest.put("body", body);
    manifest.put("at", now.toString());
    manifest.put("contracts", drawn.stream().map(Ledger.Drawn::number).toList());
    manifest.put("files", files);
    var text = JSON.writeValueAsBytes(manifest);
    files.add(zip.pack("manifest.json", out -> out.write(text)));
    var sums = files.stream().map(Packed::line).collect(Collectors.joining());
    zip.pack(PackedZip.SUMS, out -> out.write(sums.getBytes(StandardCharsets.UTF_8)));
    zip.finish();
  }

  private void addSealed(PackedZip zip, String name, Sha256 file, Instant now, List<Packed> files)
      throws IOException {
    files.add(zip.pack(name + ".pdf", out -> copy(file, out)));
    var report = verification.of(file, now);
    files.add(
        zip.pack(
            name + "_検証結果.txt",
            out ->
                out.write(ReportText.of(name + ".pdf", report).getBytes(StandardCharsets.UTF_8))));
    files.add(
        zip.pack(
            name + "_検証結果.json",
            out ->
                out.write(ReportJson.of(name + ".pdf", report).getBytes(StandardCharsets.UTF_8))));
  }

  private void copy(Sha256 file, OutputStream out) {
    vault.with(
        file,
        path -> {
          try {
            return Files.copy(path, out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
