package jp.musubi.bench.engine;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.SplittableRandom;
import jp.musubi.bench.parts.Parts;
import jp.musubi.seal.renewal.EvidenceBatch;
import jp.musubi.seal.renewal.HashAlgorithm;
import jp.musubi.seal.renewal.HashTree;
import tools.jackson.databind.json.JsonMapper;

/**
 * 更新の過程 — Renews so many documents, of which there are digests only, by one timestamp, and prints
 * what it took as one line of JSON. Usage: directory of the parts, documents, rounds.
 */
public final class RenewalMain {
  private static final int WARM_UP = 20_000;
  private static final int WARM_UP_ROUNDS = 3;
  private static final long SEED = 4998;
  private static final double NANOS_A_MILLI = 1e6;

  private RenewalMain() {}

  /**
   * What one round took.
   *
   * @param treeMillis until the tree's root is known
   * @param stampMillis for the one timestamp
   * @param recordsMillis for the records of all documents
   * @param largestRecordBytes the largest record
   * @param timestamps that were asked for
   */
  public record Took(
      double treeMillis,
      double stampMillis,
      double recordsMillis,
      int largestRecordBytes,
      int timestamps) {
    /** All of it. */
    public double millis() {
      return treeMillis + stampMillis + recordsMillis;
    }
  }

  /** Prints the median round. */
  public static void main(String[] args) throws IOException {
    var parts = Parts.open(Path.of(args[0]), Clock.systemUTC());
    var documents = Integer.parseInt(args[1]);
    for (var round = 0; round < WARM_UP_ROUNDS; round++) {
      once(parts, digests(Math.min(documents, WARM_UP)));
    }
    var digests = digests(documents);
    var rounds = new ArrayList<Took>();
    for (var round = 0; round < Integer.parseInt(args[2]); round++) {
      rounds.add(once(parts, digests));
    }
    rounds.sort(Comparator.comparingDouble(Took::millis));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(JsonMapper.builder().build().writeValueAsString(rounds.get(rounds.size() / 2)));
  }

  private static Took once(Parts parts, byte[][] digests) {
    parts.meter().reset();
    var start = System.nanoTime();
    var builder = new HashTree.Builder(HashAlgorithm.SHA_256);
    for (var digest : digests) {
      builder.add(digest);
    }
    var tree = builder.build();
    var built = System.nanoTime();
    var batch = EvidenceBatch.stamp(tree, MusubiEngine.authority(parts));
    var stamped = System.nanoTime();
    var largest = 0;
    for (var records = batch.compact(); records.hasNext(); ) {
      largest = Math.max(largest, records.next().length);
    }
    var done = System.nanoTime();
    return new Took(
        (built - start) / NANOS_A_MILLI,
        (stamped - built) / NANOS_A_MILLI,
        (done - stamped) / NANOS_A_MILLI,
        largest,
        parts.meter().keyOperations());
  }

  private static byte[][] digests(int documents) {
    var random = new SplittableRandom(SEED);
    var digests = new byte[documents][HashAlgorithm.SHA_256.length()];
    for (var digest : digests) {
      random.nextBytes(digest);
    }
    return digests;
  }
}
