package jp.musubi.notification;

import java.util.Optional;

/** メールの電子署名, as far as those who explain our mails have to know of it. */
public final class MailSignature {
  private final Optional<MailSigner> signer;

  MailSignature(Optional<MailSigner> signer) {
    this.signer = signer;
  }

  Optional<MailSigner> signer() {
    return signer;
  }

  /** Who issued the certificate that every letter is signed with; empty while none is signed. */
  public Optional<String> issuer() {
    return signer.map(MailSigner::issuer);
  }
}
