package jp.musubi.seal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import jp.musubi.seal.pdf.Appendix;
import jp.musubi.seal.pdf.Revision;
import org.jspecify.annotations.Nullable;

/**
 * 署名対象 — a seal laid out to the last byte, with room for its value: what the key has to sign is
 * settled, and is all that its keeper has to see.
 */
public final class ToBeSigned implements Phase {
  static final String NAME = "to-be-signed";

  private final Content content;
  private final Appendix appendix;
  private final SealCms cms;
  private final byte[] attributes;

  /** What this process parsed to lay the seal out, for whoever goes on from it first. */
  private final AtomicReference<@Nullable Revision> revision = new AtomicReference<>();

  ToBeSigned(Content content, Appendix appendix, SealCms cms, byte[] attributes) {
    this.content = content;
    this.appendix = appendix;
    this.cms = cms;
    this.attributes = attributes;
  }

  /** The DER of the signed attributes (RFC 5652, 5.4), with the document's digest in them. */
  public byte[] toBeSigned() {
    return attributes.clone();
  }

  /**
   * Has the key sign.
   *
   * @throws KeyUnavailable when its keeper does not answer, or holds another key by now
   */
  public Sealed sign(SealEngine engine) {
    return new Sealed(this, engine.sealing().sign(this));
  }

  ToBeSigned on(Revision made) {
    revision.set(made.kept());
    return this;
  }

  Optional<Revision> revision() {
    return Optional.ofNullable(revision.getAndSet(null));
  }

  Content content() {
    return content;
  }

  Appendix appendix() {
    return appendix;
  }

  SealCms cms() {
    return cms;
  }

  @Override
  public Sha256 sha256() {
    return content.sha256();
  }

  @Override
  public long bytes() {
    return content.bytes();
  }

  @Override
  public String encode() {
    var text = PhaseText.write(NAME);
    put(text);
    return text.end();
  }

  void put(PhaseText.Writer text) {
    content.put(text);
    text.put("appendix", appendix.bytes())
        .put("room-from", Integer.toString(appendix.from()))
        .put("room-to", Integer.toString(appendix.to()))
        .put("algorithm", cms.algorithm())
        .put("chain", cms.chain())
        .put("signed-attributes", attributes);
  }

  static ToBeSigned take(PhaseText.Reader text) {
    var content = Content.take(text);
    var appendix =
        Appendix.withRoom(
            text.nextBytes("appendix"), text.nextInt("room-from"), text.nextInt("room-to"));
    var algorithm = text.next("algorithm");
    var cms = new SealCms(text.nextCertificates("chain"), algorithm);
    return new ToBeSigned(content, appendix, cms, text.nextBytes("signed-attributes"));
  }
}
