package jp.musubi.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.TestSeals;
import jp.musubi.authority.Reach;
import jp.musubi.contract.Contracts;
import jp.musubi.platform.Tenancy;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a ZIP of many contracts is written: {@code -Dmusubi.download.contracts=1000,10000}, on a
 * machine that does nothing else. Written as {@code taking-away.json} to where {@code
 * musubi.download.out} says, or to target/; nothing is asserted of a time.
 */
@ServiceTest
@EnabledIfSystemProperty(named = "musubi.download.contracts", matches = "[\\d,]+")
@DisplayName("一括ダウンロードの計測")
class DownloadMeasureTest {
  @Autowired Bundle bundle;
  @Autowired Contracts contracts;
  @Autowired Vault vault;

  /**
   * One size.
   *
   * @param heapMiB what was in use after the collections while it was written, at most
   * @param zipMiB that were written
   */
  record Line(int contracts, long entries, double seconds, long zipMiB, long heapMiB) {}

  @Test
  @DisplayName("計測：ほんとうに締結した契約を一万件まで")
  void measures() throws Exception {
    var lines = new ArrayList<Line>();
    for (var count : System.getProperty("musubi.download.contracts", "").split(",", -1)) {
      lines.add(measure(Integer.parseInt(count)));
    }
    assertThat(lines).isNotEmpty();
    var table = new LinkedHashMap<String, Object>();
    // When it was measured, by no clock of the service.
    table.put("measuredAt", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    table.put("cores", Runtime.getRuntime().availableProcessors());
    table.put("maxHeapMiB", Runtime.getRuntime().maxMemory() >> 20);
    table.put("rows", lines);
    Files.writeString(
        Path.of(System.getProperty("musubi.download.out", "target")).resolve("taking-away.json"),
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(table)
            + "\n");
  }

  private Line measure(int count) throws IOException {
    var body = TestBody.create("-");
    var sealed = TestSeals.concluded(contracts, vault, body).value();
    copies(sealed, count - 1);
    var counted = new Counted();
    var began = System.nanoTime();
    var written =
        Objects.requireNonNull(
            Tenancy.in(
                body.id(),
                () -> {
                  try {
                    return bundle.write(
                        Selection.of("all", ""),
                        new Reach(body.viewer(), true, Set.of(), false, false),
                        Map.of(),
                        counted);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
    var seconds = (System.nanoTime() - began) / 1e9;
    assertThat(written.contracts()).isEqualTo(count);
    assertThat(written.leftOut()).isEmpty();
    return new Line(count, 4L * count + 3, seconds, counted.bytes >> 20, counted.heap >> 20);
  }

  /** The same contract under other numbers and titles: its files are read and judged each time. */
  private static void copies(UUID sealed, int count) {
    TestPeople.run(
        """
        do $$ begin set local session_replication_role = replica;
        create temporary table one on commit drop as select * from contract where id = '%1$s';
        create temporary table its on commit drop as select * from party where contract_id = '%1$s';
        for i in 1..%2$d loop
          update one set id = gen_random_uuid(), number = 'M-' || i, title = '計測 ' || i,
                 created_at = created_at + interval '1 millisecond';
          insert into contract select * from one;
          update its set id = gen_random_uuid(), contract_id = (select id from one);
          insert into party select * from its;
        end loop; end $$
        """
            .formatted(sealed, count));
    TestPeople.run("analyze contract");
    TestPeople.run("analyze party");
  }

  /** Throws away what is written, and looks at the memory now and then. */
  private static final class Counted extends OutputStream {
    private static final long EVERY = 16 << 20;
    private long bytes;
    private long next = EVERY;
    private long heap;

    @Override
    public void write(int one) {
      add(1);
    }

    @Override
    public void write(byte[] some, int from, int length) {
      add(length);
    }

    private void add(int length) {
      bytes += length;
      if (bytes >= next) {
        next += EVERY;
        heap = Math.max(heap, afterCollection());
      }
    }

    private static long afterCollection() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
          .mapToLong(pool -> pool.getCollectionUsage().getUsed())
          .sum();
    }
  }
}
