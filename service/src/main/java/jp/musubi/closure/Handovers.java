package jp.musubi.closure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.musubi.evidence.Anchor;
import jp.musubi.evidence.Anchors;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.PackedZip;
import jp.musubi.platform.web.Book;
import jp.musubi.staff.StaffMember;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * データの引継ぎ. Everything of the current body at one moment: records, lists, anchors and the mapping in
 * a first part, made at once; the stored files in further parts, each taken as often as needed.
 */
@Service
class Handovers {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final HandoverTables tables;
  private final HandoverFiles files;
  private final HandoverLists lists;
  private final Anchors anchors;
  private final AuditTrail audit;
  private final Book book;
  private final JdbcClient jdbc;
  private final TransactionTemplate oneMoment;
  private final Clock clock;
  private final DataSize partSize;

  Handovers(
      HandoverTables tables,
      HandoverFiles files,
      HandoverLists lists,
      Anchors anchors,
      AuditTrail audit,
      Book book,
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${musubi.closure.part-size:2GB}") DataSize partSize) {
    this.tables = tables;
    this.files = files;
    this.lists = lists;
    this.anchors = anchors;
    this.audit = audit;
    this.book = book;
    this.jdbc = jdbc;
    this.oneMoment = new TransactionTemplate(transactions);
    // Records and files are those of one moment, whatever goes on meanwhile.
    this.oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.clock = clock;
    this.partSize = partSize;
  }

  /** Makes a set and writes its first part; what is handed over is noted with it, or not at all. */
  WholeHandover make(StaffMember by, String bodyName, String clientIp, Path target) {
    // Read before, so that none is newer than the record it speaks of.
    var known = anchors.all();
    return Objects.requireNonNull(
        oneMoment.execute(_ -> {
          try (var out = Files.newOutputStream(target)) {
            var made = write(by, bodyName, known, new PackedZip(out));
            store(made, by);
            audit.record(
                by.actor(),
                "handover.made",
                null,
                clientIp,
                Map.of(
                    "manifest",
                    made.manifest(),
                    "rows",
                    String.valueOf(made.rows()),
                    "files",
                    String.valueOf(made.files())));
            return made;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }));
  }

  private WholeHandover write(
      StaffMember by, String bodyName, List<Anchor.Kept> known, PackedZip zip) throws IOException {
    var id = UUID.randomUUID();
    var now = clock.instant();
    files.divide(id, partSize.toBytes());
    var kept =
        files.of(id, null).stream()
            .collect(
                Collectors.toMap(
                    file -> file.sha256().hex(), Function.identity(), (a, _) -> a, TreeMap::new));
    var columns = tables.columns();
    var packed = new ArrayList<PackedZip.Packed>();
    var counts = new TreeMap<String, Long>();
    for (var table : columns.entrySet()) {
      packed.add(
          zip.pack(
              "記録/" + table.getKey() + ".jsonl",
              out ->
                  counts.put(table.getKey(), tables.write(table.getKey(), table.getValue(), out))));
    }
    packed.add(zip.pack("契約一覧.csv", lists::contracts));
    packed.add(zip.pack("ファイル一覧.csv", out -> lists.files(kept, files, out)));
    packed.add(zip.pack("対応表.csv", out -> lists.mapping(columns, out)));
    for (var anchor : known) {
      packed.add(zip.pack("監査記録の錨/" + name(anchor.file()), out -> Files.copy(anchor.file(), out)));
      if (anchor.evidence().isPresent()) {
        var evidence = anchor.evidence().get();
        packed.add(zip.pack("監査記録の錨/" + name(evidence), out -> Files.copy(evidence, out)));
      }
    }
    packed.add(zip.pack("はじめに.txt", out -> out.write(utf8(book.of("handover.readme", bodyName)))));
    var parts = kept.values().stream().mapToInt(HandoverFiles.Kept::part).max().orElse(0);
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("id", id.toString());
    manifest.put("body", bodyName);
    manifest.put("at", now.toString());
    manifest.put("by", by.name());
    manifest.put("rows", counts);
    manifest.put("files", kept.size());
    manifest.put("parts", parts);
    manifest.put("leftOutAsSecret", new TreeSet<>(HandoverTables.SECRET));
    manifest.put("leftOutAsInner", new TreeSet<>(HandoverTables.INNER));
    packed.add(zip.pack("manifest.json", out -> out.write(JSON.writeValueAsBytes(manifest))));
    var sums = sums(packed, kept.values());
    var written = zip.pack(PackedZip.SUMS, out -> out.write(sums));
    zip.finish();
    return new WholeHandover(
        id,
        by.name(),
        now,
        written.sha256(),
        counts.values().stream().mapToLong(Long::longValue).sum(),
        kept.size(),
        kept.values().stream().mapToLong(HandoverFiles.Kept::bytes).sum(),
        parts);
  }

  /** As {@code sha256sum -c} reads it, once all parts are unpacked into one folder. */
  private static byte[] sums(List<PackedZip.Packed> packed, Collection<HandoverFiles.Kept> kept) {
    var lines = new StringBuilder();
    packed.forEach(each -> lines.append(each.line()));
    kept.forEach(each -> lines.append(PackedZip.Packed.line(each.sha256().hex(), each.path())));
    return utf8(lines.toString());
  }

  private void store(WholeHandover made, StaffMember by) {
    jdbc.sql(
            """
            insert into handover (id, made_by, made_name, made_at, manifest_sha256, record_rows,
                                  files, bytes, parts)
            values (:id, :by, :name, :at, :manifest, :rows, :files, :bytes, :parts)
            """)
        .param("id", made.id())
        .param("by", by.id())
        .param("name", made.madeName())
        .param("at", Timestamp.from(made.madeAt()))
        .param("manifest", made.manifest())
        .param("rows", made.rows())
        .param("files", made.files())
        .param("bytes", made.bytes())
        .param("parts", made.parts())
        .update();
  }

  /** The sets that were made, newest first. */
  List<WholeHandover> all() {
    return Objects.requireNonNull(
        oneMoment.execute(_ ->
            jdbc.sql("select * from handover order by made_at desc, id")
                .query((row, _) ->
                    new WholeHandover(
                        row.getObject("id", UUID.class),
                        row.getString("made_name"),
                        Objects.requireNonNull(row.getTimestamp("made_at")).toInstant(),
                        row.getString("manifest_sha256"),
                        row.getLong("record_rows"),
                        row.getLong("files"),
                        row.getLong("bytes"),
                        row.getInt("parts")))
                .list()));
  }

  /** The files of a part; none if there is no such part. */
  List<HandoverFiles.Kept> part(UUID handover, int part) {
    return Objects.requireNonNull(oneMoment.execute(_ -> files.of(handover, part)));
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
