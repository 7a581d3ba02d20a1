package jp.musubi.sealing;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.SignatureFields;
import jp.musubi.evidence.Factors;
import jp.musubi.seal.SealRequest;

/** What a seal says of itself in a viewer's signature panel (LAW-2, standards 2.4). */
final class SealWords {
  private static final ResourceBundle WORDS =
      ResourceBundle.getBundle("messages.sealing", Locale.ROOT);

  private final URI publicUrl;

  SealWords(URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Where anybody may compare a file with this contract's (原本照合). */
  URI originalCheck(String bodyCode, Particulars contract) {
    return publicUrl.resolve(
        "/verify?body=%s&number=%s"
            .formatted(bodyCode, URLEncoder.encode(contract.number(), StandardCharsets.UTF_8)));
  }

  /** For a party's seal on the contract; the first one certifies (SIG-5). */
  SealRequest of(Agreement agreement, Party party, Instant now) {
    var factors =
        String.join(
            "＋",
            Factors.inWords(
                agreement.manner().authentication(),
                factor ->
                    WORDS.containsKey("sealing.factor." + factor)
                        ? word("factor." + factor)
                        : factor));
    return new SealRequest(
        SignatureFields.of(party),
        party.signature(),
        word(
            "reason",
            word("role." + party.role()),
            factors,
            agreement.manner().level(),
            agreement.id(),
            agreement.document().shortHex()),
        word("location"),
        word("contact", publicUrl.resolve("/verify")),
        now,
        agreement.ordinal() == 0);
  }

  /** For the service's own seal on the certificate. */
  SealRequest ofCertificate(Particulars contract, String field, Instant now) {
    return new SealRequest(
        field,
        word("certificate.name"),
        word("certificate.reason", contract.number()),
        word("location"),
        word("contact", publicUrl.resolve("/verify")),
        now,
        true);
  }

  private static String word(String key, Object... values) {
    return new MessageFormat(WORDS.getString("sealing." + key), Locale.JAPAN).format(values);
  }
}
