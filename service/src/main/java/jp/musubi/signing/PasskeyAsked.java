package jp.musubi.signing;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import jp.musubi.contract.PartyId;
import jp.musubi.seal.Sha256;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;

/**
 * What a passkey was asked to sign for an agreement; waits in the session for the answer.
 *
 * @param said what the challenge means
 * @param options as the browser was given them
 */
record PasskeyAsked(Said said, PublicKeyCredentialRequestOptions options) implements Serializable {

  /**
   * Who says what to which bytes. The nonce makes each asking another one.
   *
   * @param nonce 32 random bytes in hexadecimal
   * @param documentHex digest of the file that was shown
   * @param wordingHex digest of what the button says
   */
  record Said(String nonce, String party, String documentHex, String wordingHex)
      implements Serializable {
    Said(String nonce, PartyId party, Sha256 document, Sha256 wording) {
      this(nonce, party.toString(), document.hex(), wording.hex());
    }

    Sha256 document() {
      return Sha256.parse(documentHex);
    }

    Sha256 wording() {
      return Sha256.parse(wordingHex);
    }

    boolean isOf(PartyId who, Sha256 file, Sha256 words) {
      return party.equals(who.toString())
          && documentHex.equals(file.hex())
          && wordingHex.equals(words.hex());
    }

    /** SHA-256 over all of it, line by line. */
    Bytes challenge() {
      return new Bytes(
          Sha256.of(
                  String.join("\n", "musubi-agreement-1", nonce, party, documentHex, wordingHex)
                      .getBytes(StandardCharsets.UTF_8))
              .bytes());
    }
  }
}
