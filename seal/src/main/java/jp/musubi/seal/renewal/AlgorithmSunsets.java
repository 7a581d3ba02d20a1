package jp.musubi.seal.renewal;

import java.security.PublicKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * 暗号方式の終期 — from when on an algorithm proves nothing that was not proven before (SIG-13). A table
 * of data with a version; what is not in it is not relied on at any time.
 */
public final class AlgorithmSunsets {
  private static final String NEVER = "none";

  private final String version;
  private final Map<String, Optional<Instant>> ends;

  private AlgorithmSunsets(String version, Map<String, Optional<Instant>> ends) {
    this.version = version;
    this.ends = Map.copyOf(ends);
  }

  /** The table of this release: CRYPTREC's periods, see {@code sunsets.properties}. */
  public static AlgorithmSunsets standard() {
    var table = new Properties();
    try (var in = AlgorithmSunsets.class.getResourceAsStream("sunsets.properties")) {
      table.load(in);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return of(table);
  }

  /**
   * Another table.
   *
   * @param table {@code version}, and for each of {@code SHA-256 SHA-384 SHA-512 RSA-2048 RSA-3072
   *     RSA-4096 EC-256 EC-384 EC-521} the first day, in UTC, on which it is not relied on any
   *     more, or {@code none}; keys of a length between two count as the shorter
   */
  public static AlgorithmSunsets of(Properties table) {
    var ends = new TreeMap<String, Optional<Instant>>();
    for (var name : table.stringPropertyNames()) {
      if (!name.equals("version")) {
        ends.put(name, end(table.getProperty(name).strip()));
      }
    }
    return new AlgorithmSunsets(table.getProperty("version", "unnamed"), ends);
  }

  private static Optional<Instant> end(String value) {
    return value.equals(NEVER)
        ? Optional.empty()
        : Optional.of(LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC));
  }

  /** Which edition of the table this is. */
  public String version() {
    return version;
  }

  /**
   * The end of a digest; empty when none is set.
   *
   * @throws IllegalArgumentException when the table does not know it
   */
  public Optional<Instant> endOf(HashAlgorithm algorithm) {
    return end(algorithm.name().replace('_', '-'), algorithm.name());
  }

  /**
   * The end of signatures by a key; empty when none is set.
   *
   * @throws IllegalArgumentException when the table does not know keys of this kind and length
   */
  public Optional<Instant> endOf(PublicKey key) {
    return switch (key) {
      case RSAKey rsa -> end(name("RSA", rsa.getModulus().bitLength()), key.getAlgorithm());
      case ECKey ec -> end(name("EC", ec.getParams().getOrder().bitLength()), key.getAlgorithm());
      default -> throw new IllegalArgumentException("keys of " + key.getAlgorithm());
    };
  }

  private String name(String kind, int bits) {
    return ends.keySet().stream()
        .filter(name -> name.startsWith(kind + "-"))
        .map(name -> Integer.parseInt(name.substring(kind.length() + 1)))
        .filter(known -> known <= bits)
        .max(Comparator.naturalOrder())
        .map(known -> kind + "-" + known)
        .orElseThrow(() -> new IllegalArgumentException(kind + " keys of " + bits + " bits"));
  }

  private Optional<Instant> end(String name, String what) {
    var end = ends.get(name);
    if (end == null) {
      throw new IllegalArgumentException("the table of algorithms does not know " + what);
    }
    return end;
  }

  /** The earliest of several ends. */
  static Optional<Instant> earliest(List<Optional<Instant>> ends) {
    return ends.stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
  }

  /** Every digest the table relies on at a time, the strongest last. */
  List<HashAlgorithm> reliedOnAt(Instant time) {
    return Arrays.stream(HashAlgorithm.values())
        .filter(each -> endOf(each).map(time::isBefore).orElse(true))
        .toList();
  }
}
