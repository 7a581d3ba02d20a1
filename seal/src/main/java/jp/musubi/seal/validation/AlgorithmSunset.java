package jp.musubi.seal.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * 暗号方式の期限 — until when an algorithm may be relied on (SIG-13): a versioned table after ETSI TS 119
 * 312 and CRYPTREC. Where the two differ, the earlier date warns and the later one refuses. What
 * the table does not name is not relied on at all.
 */
public final class AlgorithmSunset {
  private static final AlgorithmSunset STANDARD = standardTable();

  private final List<Row> rows;

  /** What may be said of an algorithm at a time. */
  public enum Standing {
    /** No end is near. */
    SOUND,
    /** It still counts, but what rests on it should be renewed. */
    ENDING,
    /** It proves nothing any more that was not proven before. */
    RETIRED
  }

  private record Row(
      String kind, String name, int least, Optional<Instant> ending, Optional<Instant> retired) {}

  private AlgorithmSunset(List<Row> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The table that comes with this version. */
  public static AlgorithmSunset standard() {
    return STANDARD;
  }

  /**
   * Reads a table: lines of kind, name, least bits, ending, retired and source, separated by tabs.
   *
   * @throws IOException when it cannot be read or a line is none of these
   */
  public static AlgorithmSunset read(Reader table) throws IOException {
    var rows = new ArrayList<Row>();
    var lines = new BufferedReader(table);
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rows.add(row(line));
      }
    }
    return new AlgorithmSunset(rows);
  }

  private static Row row(String line) throws IOException {
    var parts = line.split("\t", -1);
    try {
      return new Row(
          parts[0], parts[1], Integer.parseInt(parts[2]), date(parts[3]), date(parts[4]));
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException | DateTimeParseException e) {
      throw new IOException("algorithm table, line '%s'".formatted(line), e);
    }
  }

  private static Optional<Instant> date(String text) {
    return text.equals("-")
        ? Optional.empty()
        : Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /**
   * A digest algorithm at a time.
   *
   * @param name as the JCA calls it, such as {@code SHA-256}
   */
  public Standing digest(String name, Instant at) {
    return standing("digest", name, 0, at);
  }

  /**
   * A signature algorithm at a time, whatever digest it is used with.
   *
   * @param family RSA (PKCS#1 v1.5), RSASSA-PSS, DSA, ECDSA or EdDSA
   * @param bits of the key: the modulus or the order of the curve
   */
  public Standing signature(String family, int bits, Instant at) {
    return standing("signature", family, bits, at);
  }

  /**
   * From when on a digest is retired; empty when no end has been announced.
   *
   * @param name as the JCA calls it; what the table does not name was never relied on
   */
  public Optional<Instant> retirementOfDigest(String name) {
    return retirement("digest", name, 0);
  }

  /** From when on signatures of a family and length are retired; as {@link #signature}. */
  public Optional<Instant> retirementOfSignature(String family, int bits) {
    return retirement("signature", family, bits);
  }

  private Optional<Instant> retirement(String kind, String name, int bits) {
    var row = row(kind, name, bits);
    return row == null ? Optional.of(Instant.EPOCH) : row.retired();
  }

  private Standing standing(String kind, String name, int bits, Instant at) {
    var best = row(kind, name, bits);
    if (best == null || isOver(best.retired(), at)) {
      return Standing.RETIRED;
    }
    return isOver(best.ending(), at) ? Standing.ENDING : Standing.SOUND;
  }

  private @Nullable Row row(String kind, String name, int bits) {
    Row best = null;
    for (var row : rows) {
      if (row.kind().equals(kind)
          && row.name().equals(name)
          && row.least() <= bits
          && (best == null || row.least() > best.least())) {
        best = row;
      }
    }
    return best;
  }

  private static boolean isOver(Optional<Instant> end, Instant at) {
    return end.isPresent() && !at.isBefore(end.get());
  }

  private static AlgorithmSunset standardTable() {
    var in =
        Objects.requireNonNull(
            AlgorithmSunset.class.getResourceAsStream("algorithms.tsv"), "algorithms.tsv");
    try (var reader = new InputStreamReader(in, UTF_8)) {
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
