package jp.musubi.seal.renewal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.tsp.ArchiveTimeStampChain;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * 証拠記録 — what proves that one object existed at a time, renewed as often as needed (RFC 4998). A
 * chain is a row of timestamps over one another with one hash algorithm; a new algorithm begins a
 * new chain. Stored beside the file as {@code .ers}.
 */
public final class EvidenceRecord {
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final byte[] VERSION = Der.value(Der.INTEGER, new byte[] {1});

  private final List<List<ArchiveTimestamp>> chains;

  private EvidenceRecord(List<List<ArchiveTimestamp>> chains) {
    this.chains = chains;
  }

  /** The DER of a record with one timestamp. */
  static byte[] firstDer(HashTree tree, int object, byte[] token) {
    return Der.value(
        Der.SEQUENCE,
        VERSION,
        Der.value(Der.SEQUENCE, ArchiveTimestamp.algorithmIdentifier(tree.algorithm())),
        Der.value(
            Der.SEQUENCE, Der.value(Der.SEQUENCE, ArchiveTimestamp.der(tree, object, token))));
  }

  /**
   * Reads an EvidenceRecord.
   *
   * @throws MalformedEvidence when the bytes are not DER, or say more than a record over plain
   *     files says (cryptoInfos, encryptionInfo and attributes are not supported)
   */
  public static EvidenceRecord parse(byte[] der) throws MalformedEvidence {
    if (der.length > LARGEST) {
      throw new MalformedEvidence("%d bytes".formatted(der.length), new IOException("too large"));
    }
    try (var in = new ASN1InputStream(der, true)) {
      var record = ASN1Sequence.getInstance(in.readObject());
      Der.requireCanonical(der, record.getEncoded(ASN1Encoding.DER));
      if (record.size() != 3) {
        throw new IOException("%d fields (expected: 3)".formatted(record.size()));
      }
      return new EvidenceRecord(read(record));
    } catch (IOException | RuntimeException unreadable) {
      throw new MalformedEvidence(unreadable.getMessage(), unreadable);
    }
  }

  private static List<List<ArchiveTimestamp>> read(ASN1Sequence record) throws IOException {
    var structure = org.bouncycastle.asn1.tsp.EvidenceRecord.getInstance(record);
    var chains = new ArrayList<List<ArchiveTimestamp>>();
    for (var each : structure.getArchiveTimeStampSequence().getArchiveTimeStampChains()) {
      chains.add(read(each));
    }
    if (chains.isEmpty()) {
      throw new IOException("no chain");
    }
    var read = new EvidenceRecord(List.copyOf(chains));
    Der.requireCanonical(
        read.sequence(), structure.getArchiveTimeStampSequence().getEncoded(ASN1Encoding.DER));
    if (!algorithms(structure.getDigestAlgorithms()).equals(Set.copyOf(read.algorithms()))) {
      throw new IOException("a list of other algorithms than those used");
    }
    return read.chains;
  }

  private static Set<HashAlgorithm> algorithms(AlgorithmIdentifier[] identifiers)
      throws IOException {
    var algorithms = EnumSet.noneOf(HashAlgorithm.class);
    for (var identifier : identifiers) {
      algorithms.add(
          HashAlgorithm.of(identifier.getAlgorithm())
              .orElseThrow(() -> new IOException("algorithm " + identifier.getAlgorithm())));
    }
    return algorithms;
  }

  private Set<HashAlgorithm> algorithms() {
    var algorithms = new LinkedHashSet<HashAlgorithm>();
    chains.forEach(chain -> chain.forEach(link -> algorithms.add(link.algorithm())));
    return algorithms;
  }

  private static List<ArchiveTimestamp> read(ArchiveTimeStampChain chain) throws IOException {
    var links = new ArrayList<ArchiveTimestamp>();
    for (var each : chain.getArchiveTimestamps()) {
      links.add(ArchiveTimestamp.read(each));
    }
    if (links.isEmpty()) {
      throw new IOException("a chain without timestamps");
    }
    return List.copyOf(links);
  }

  /** The record in DER. */
  public byte[] der() {
    return Der.value(
        Der.SEQUENCE,
        VERSION,
        Der.value(
            Der.SEQUENCE,
            algorithms().stream()
                .map(ArchiveTimestamp::algorithmIdentifier)
                .toArray(byte[][]::new)),
        sequence());
  }

  /** What the object has to be hashed with to check or renew the record as it stands. */
  public HashAlgorithm algorithm() {
    return last().algorithm();
  }

  /** How many timestamps there are, over all chains. */
  public int timestamps() {
    return chains.stream().mapToInt(List::size).sum();
  }

  List<List<ArchiveTimestamp>> chains() {
    return chains;
  }

  ArchiveTimestamp last() {
    return chains.getLast().getLast();
  }

  /** The ArchiveTimeStampSequence in DER, which hash-tree renewal covers (RFC 4998, 5.2). */
  byte[] sequence() {
    return sequence(chains);
  }

  static byte[] sequence(List<List<ArchiveTimestamp>> chains) {
    return Der.value(
        Der.SEQUENCE,
        chains.stream()
            .map(chain ->
                Der.value(
                    Der.SEQUENCE, chain.stream().map(ArchiveTimestamp::der).toArray(byte[][]::new)))
            .toArray(byte[][]::new));
  }

  /** With one more timestamp in the last chain. */
  EvidenceRecord extended(ArchiveTimestamp link) {
    var chain = new ArrayList<>(chains.getLast());
    chain.add(link);
    return withLastChain(chain);
  }

  /** With a new chain. */
  EvidenceRecord rehashed(ArchiveTimestamp link) {
    var longer = new ArrayList<>(chains);
    longer.add(List.of(link));
    return new EvidenceRecord(List.copyOf(longer));
  }

  /** With the newest timestamp's token replaced by the same token carrying other certificates. */
  EvidenceRecord withLastToken(byte[] token) {
    var chain = new ArrayList<>(chains.getLast());
    chain.set(chain.size() - 1, last().withToken(token));
    return withLastChain(chain);
  }

  private EvidenceRecord withLastChain(List<ArchiveTimestamp> chain) {
    var changed = new ArrayList<>(chains);
    changed.set(changed.size() - 1, List.copyOf(chain));
    return new EvidenceRecord(List.copyOf(changed));
  }
}
