package jp.musubi.audit;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.evidence.AuditQuery;
import jp.musubi.evidence.HistoryPdf;
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

  /** A file of the bundle. */
  private record Packed(String name, String sha256, long bytes) {}

  /** Writes one file. */
  private interface Content {
    void writeTo(OutputStream out) throws IOException;
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
    try (var zip = new ZipOutputStream(target, StandardCharsets.UTF_8)) {
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
              pack(
                  zip,
                  folder + "参照する書類/%03d_".formatted(number) + paper.name(),
                  out -> copy(paper.sha256(), out)));
          number++;
        }
        var history = histories.of(contracts.get(new ContractId(each.id())), body);
        files.add(pack(zip, folder + "契約の経過.pdf", out -> HistoryPdf.write(history, now, out)));
      }
      var ids = drawn.stream().map(Ledger.Drawn::id).toList();
      files.add(
          pack(
              zip,
              "監査記録.jsonl",
              out -> export.jsonl(AuditQuery.everything().about(Optional.of(ids)), out)));
      var manifest = new LinkedHashMap<String, Object>(told);
      manifest.put("body", body);
      manifest.put("at", now.toString());
      manifest.put("contracts", drawn.stream().map(Ledger.Drawn::number).toList());
      manifest.put("files", files);
      var text = JSON.writeValueAsBytes(manifest);
      pack(zip, "manifest.json", out -> out.write(text));
    }
  }

  private void addSealed(
      ZipOutputStream zip, String name, Sha256 file, Instant now, List<Packed> files)
      throws IOException {
    files.add(pack(zip, name + ".pdf", out -> copy(file, out)));
    var report = verification.of(file, now);
    files.add(
        pack(
            zip,
            name + "_検証結果.txt",
            out ->
                out.write(ReportText.of(name + ".pdf", report).getBytes(StandardCharsets.UTF_8))));
    files.add(
        pack(
            zip,
            name + "_検証結果.json",
            out ->
                out.write(ReportJson.of(name + ".pdf", report).getBytes(StandardCharsets.UTF_8))));
  }

  private static Packed pack(ZipOutputStream zip, String name, Content content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    var counted = new Counted(zip);
    var digest = new DigestOutputStream(counted, sha256());
    content.writeTo(digest);
    zip.closeEntry();
    return new Packed(
        name, HexFormat.of().formatHex(digest.getMessageDigest().digest()), counted.bytes);
  }

  /** Counts, and is not closed by whoever writes one file. */
  private static final class Counted extends FilterOutputStream {
    private long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      out.write(some, from, length);
      bytes += length;
    }

    @Override
    public void close() {}
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
