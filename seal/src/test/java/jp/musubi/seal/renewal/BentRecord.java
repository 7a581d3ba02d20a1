package jp.musubi.seal.renewal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;

/** A record taken apart, to be put together wrongly: in DER, and right but for what was bent. */
final class BentRecord {
  private BigInteger version;
  private List<ASN1Encodable> algorithms;
  private List<List<Link>> chains;
  private List<ASN1Encodable> more = List.of();

  /** One ArchiveTimeStamp. */
  record Link(ASN1Encodable algorithm, List<List<ByteString>> tree, ByteString token) {}

  /** Bytes in a record. */
  static final class ByteString {
    private final byte[] bytes;

    ByteString(byte[] bytes) {
      this.bytes = bytes;
    }
  }

  private BentRecord(BigInteger version, List<ASN1Encodable> algorithms, List<List<Link>> chains) {
    this.version = version;
    this.algorithms = algorithms;
    this.chains = chains;
  }

  static BentRecord of(byte[] der) {
    var record = ASN1Sequence.getInstance(der);
    var chains = new ArrayList<List<Link>>();
    for (var chain : ASN1Sequence.getInstance(record.getObjectAt(2))) {
      var links = new ArrayList<Link>();
      for (var link : ASN1Sequence.getInstance(chain)) {
        links.add(link(ASN1Sequence.getInstance(link)));
      }
      chains.add(links);
    }
    return new BentRecord(
        ASN1Integer.getInstance(record.getObjectAt(0)).getValue(),
        Arrays.asList(ASN1Sequence.getInstance(record.getObjectAt(1)).toArray()),
        chains);
  }

  private static Link link(ASN1Sequence link) {
    var tree = new ArrayList<List<ByteString>>();
    var lists = ASN1Sequence.getInstance((ASN1TaggedObject) link.getObjectAt(1), false);
    for (var list : lists) {
      var values = new ArrayList<ByteString>();
      for (var value : ASN1Sequence.getInstance(list)) {
        values.add(new ByteString(ASN1OctetString.getInstance(value).getOctets()));
      }
      tree.add(values);
    }
    return new Link(
        ASN1Sequence.getInstance((ASN1TaggedObject) link.getObjectAt(0), false),
        tree,
        new ByteString(encoded(link.getObjectAt(2))));
  }

  byte[] der() {
    var fields =
        Stream.of(
                Stream.of(new ASN1Integer(version), sequence(algorithms)),
                more.stream(),
                Stream.of(sequence(chains.stream().map(BentRecord::chain).toList())))
            .flatMap(each -> each)
            .map(ASN1Encodable.class::cast)
            .toList();
    return encoded(sequence(fields));
  }

  private static ASN1Encodable chain(List<Link> links) {
    return sequence(links.stream().map(BentRecord::encode).toList());
  }

  private static ASN1Encodable encode(Link link) {
    var fields = new ArrayList<ASN1Encodable>();
    fields.add(new DERTaggedObject(false, 0, link.algorithm()));
    if (!link.tree().isEmpty()) {
      fields.add(
          new DERTaggedObject(
              false,
              2,
              sequence(
                  link.tree().stream()
                      .map(list ->
                          sequence(list.stream().map(v -> new DEROctetString(v.bytes)).toList()))
                      .toList())));
    }
    try {
      fields.add(ASN1Primitive.fromByteArray(link.token().bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sequence(fields);
  }

  List<List<Link>> chains() {
    return chains;
  }

  BentRecord chains(List<List<Link>> other) {
    chains = other;
    return this;
  }

  BentRecord version(BigInteger other) {
    version = other;
    return this;
  }

  BentRecord algorithms(List<ASN1Encodable> other) {
    algorithms = other;
    return this;
  }

  BentRecord withCryptoInfos() {
    more = List.of(new DERTaggedObject(false, 0, new DERSequence(new DERSequence())));
    return this;
  }

  BentRecord everywhere(String oid) {
    var algorithm = new DERSequence(new ASN1ObjectIdentifier(oid));
    algorithms = List.of(algorithm);
    chains =
        chains.stream()
            .map(
                chain -> chain.stream().map(l -> new Link(algorithm, l.tree(), l.token())).toList())
            .toList();
    return this;
  }

  List<List<byte[]>> tree(int chain, int link) {
    return chains.get(chain).get(link).tree().stream()
        .map(list -> list.stream().map(v -> v.bytes).toList())
        .toList();
  }

  BentRecord tree(int chain, int link, List<List<byte[]>> other) {
    var old = chains.get(chain).get(link);
    var tree = other.stream().map(l -> l.stream().map(ByteString::new).toList()).toList();
    return set(chain, link, new Link(old.algorithm(), tree, old.token()));
  }

  byte[] token(int chain, int link) {
    return chains.get(chain).get(link).token().bytes;
  }

  BentRecord token(int chain, int link, byte[] other) {
    var old = chains.get(chain).get(link);
    return set(chain, link, new Link(old.algorithm(), old.tree(), new ByteString(other)));
  }

  BentRecord algorithm(int chain, int link, HashAlgorithm other) {
    var old = chains.get(chain).get(link);
    var algorithm = new DERSequence(other.identifier());
    if (!algorithms.contains(algorithm)) {
      algorithms = Stream.concat(algorithms.stream(), Stream.of(algorithm)).toList();
    }
    return set(chain, link, new Link(algorithm, old.tree(), old.token()));
  }

  /** The signature is the last thing in a token. */
  BentRecord flipSignature(int chain, int link) {
    var token = token(chain, link).clone();
    token[token.length - 1] ^= 1;
    return token(chain, link, token);
  }

  /** A year earlier, in the tens of the GeneralizedTime that ends in Z. */
  BentRecord backdate(int chain, int link) {
    var token = token(chain, link).clone();
    for (var n = 0; n + 16 < token.length; n++) {
      if (token[n] == 0x18 && token[n + 1] == 15 && token[n + 2] == '2' && token[n + 3] == '0') {
        token[n + 5]--;
        return token(chain, link, token);
      }
    }
    throw new IllegalStateException("no time in the token");
  }

  BentRecord strip(int chain, int link) {
    return token(chain, link, ValidationData.strippedFrom(token(chain, link)));
  }

  BentRecord garbage(int chain, int link) {
    return token(
        chain,
        link,
        encoded(
            new DERSequence(
                new ASN1Encodable[] {
                  new ASN1ObjectIdentifier("1.2.840.113549.1.7.2"),
                  new DERTaggedObject(true, 0, new DEROctetString(new byte[20]))
                })));
  }

  private BentRecord set(int chain, int link, Link other) {
    var all = new ArrayList<List<Link>>(chains);
    var row = new ArrayList<>(all.get(chain));
    row.set(link, other);
    all.set(chain, row);
    chains = all;
    return this;
  }

  /** The outermost length with one octet more than it takes. */
  static byte[] withLongLength(byte[] der) {
    var octets = der[1] & 0x7F;
    var bent = new byte[der.length + 1];
    bent[0] = der[0];
    bent[1] = (byte) (0x80 | (octets + 1));
    System.arraycopy(der, 2, bent, 3, der.length - 2);
    return bent;
  }

  static byte[] withIndefiniteLength(byte[] der) {
    var header = 2 + (der[1] & 0x7F);
    var bent = new byte[2 + der.length - header + 2];
    bent[0] = der[0];
    bent[1] = (byte) 0x80;
    System.arraycopy(der, header, bent, 2, der.length - header);
    return bent;
  }

  /**
   * The same but for what no signature covers in the newest token: the next renewal will cover it.
   */
  static boolean sameButForTheUnsignedInTheNewest(byte[] a, byte[] b) {
    return Arrays.equals(withoutTheUnsignedInTheNewest(a), withoutTheUnsignedInTheNewest(b));
  }

  private static byte[] withoutTheUnsignedInTheNewest(byte[] der) {
    var record = of(der);
    var chain = record.chains().size() - 1;
    var link = record.chains().get(chain).size() - 1;
    var data =
        SignedData.getInstance(ContentInfo.getInstance(record.token(chain, link)).getContent());
    var signer = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0));
    var signed =
        sequence(
            List.of(
                data.getEncapContentInfo(),
                signer.getAuthenticatedAttributes(),
                signer.getEncryptedDigest()));
    return record.token(chain, link, encoded(signed)).der();
  }

  private static DERSequence sequence(Collection<? extends ASN1Encodable> members) {
    return new DERSequence(members.toArray(ASN1Encodable[]::new));
  }

  private static byte[] encoded(ASN1Encodable value) {
    try {
      return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
