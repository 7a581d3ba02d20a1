package jp.musubi.staff.sso;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import org.jspecify.annotations.Nullable;

/** The fields of a SAML provider: its metadata, or what stands in them typed by hand. */
final class SamlFields {
  private static final Field.Look FILE =
      new Field.Look("file", null, null, null, null, null, ".xml,text/xml,application/xml");
  private static final Field.Look PASTED =
      new Field.Look("lines", "off", null, null, null, 200_000, null);
  private static final Field.Look CERTIFICATES =
      new Field.Look("lines", "off", null, null, null, 50_000, null);

  private SamlFields() {}

  /**
   * As typed.
   *
   * @param signed not sent at all where its box is empty
   */
  record Typed(
      @Nullable String metadata,
      @Nullable String issuer,
      @Nullable String address,
      @Nullable String certificates,
      @Nullable String subject,
      @Nullable Boolean signed) {

    static final Typed EMPTY = new Typed(null, null, null, null, null, false);

    static Typed of(Provider.Protocol.Saml saml) {
      return new Typed(
          null,
          saml.issuer(),
          saml.address().toString(),
          SigningCertificates.pem(saml.certificates()),
          saml.subjectAttribute(),
          saml.requestKey() != null);
    }
  }

  /**
   * Reads them, and notes what is wrong. Metadata go before what is typed by hand.
   *
   * @param file uploaded metadata; empty: none
   */
  static Providers.@Nullable NewSaml read(
      FormReader reader, Typed typed, byte[] file, Provider.Rules rules) {
    var subject = reader.line("subject", typed.subject(), 200, false);
    var pasted = typed.metadata() == null ? "" : typed.metadata().strip();
    var described =
        file.length > 0
            ? described(reader, "file", file)
            : pasted.isEmpty()
                ? byHand(reader, typed)
                : described(reader, "metadata", pasted.getBytes(StandardCharsets.UTF_8));
    if (described == null || !reader.wrong().isEmpty()) {
      return null;
    }
    return new Providers.NewSaml(
        described.issuer(),
        described.address(),
        described.certificates(),
        subject.isEmpty() ? null : subject,
        Boolean.TRUE.equals(typed.signed()) || described.wantsSigned(),
        rules);
  }

  private static SamlMetadata.@Nullable Described described(
      FormReader reader, String field, byte[] xml) {
    return switch (SamlMetadata.read(xml)) {
      case SamlMetadata.Reading.Found(var provider) -> provider;
      case SamlMetadata.Reading.Wrong(var problem) -> {
        reader.reject(field, "sso.wrong.metadata." + problem);
        yield null;
      }
    };
  }

  private static SamlMetadata.@Nullable Described byHand(FormReader reader, Typed typed) {
    var issuer = reader.line("issuer", typed.issuer(), 1000, true);
    var address = address(reader, reader.line("address", typed.address(), 1000, true));
    var certificates = certificates(reader, typed.certificates());
    return address == null
        ? null
        : new SamlMetadata.Described(issuer, address, certificates, false);
  }

  private static @Nullable URI address(FormReader reader, String typed) {
    var address = SamlMetadata.address(typed);
    if (address.isEmpty()) {
      reader.reject("address", "sso.wrong.issuer");
    }
    return address.orElse(null);
  }

  private static List<X509Certificate> certificates(FormReader reader, @Nullable String typed) {
    if (typed == null || typed.isBlank()) {
      reader.reject("certificates", "web.wrong.empty");
      return List.of();
    }
    try {
      return SigningCertificates.read(typed);
    } catch (CertificateException e) {
      reader.reject("certificates", "sso.wrong.certificates");
      return List.of();
    }
  }

  static List<Field> fields(Typed typed, Map<String, Text> wrong) {
    var fields = new ArrayList<Field>();
    fields.add(Field.optional("file", "sso.saml.file").hinted("sso.saml.file.hint").drawn(FILE));
    fields.add(
        Field.optional("metadata", "sso.saml.pasted")
            .hinted("sso.saml.pasted.hint")
            .drawn(PASTED)
            .with(typed.metadata()));
    fields.add(
        Field.optional("issuer", "sso.issuer.SAML")
            .hinted("sso.saml.issuer.hint")
            .with(typed.issuer()));
    fields.add(
        Field.optional("address", "sso.saml.address")
            .hinted("sso.saml.address.hint")
            .with(typed.address()));
    fields.add(
        Field.optional("certificates", "sso.saml.certificates")
            .hinted("sso.saml.certificates.hint")
            .drawn(CERTIFICATES)
            .with(typed.certificates()));
    fields.add(
        Field.optional("subject", "sso.saml.subject")
            .hinted("sso.saml.subject.hint")
            .with(typed.subject()));
    fields.add(
        Field.optional("signed", "sso.saml.signed")
            .hinted("sso.saml.signed.hint")
            .drawn(Form.TICK)
            .with(String.valueOf(Boolean.TRUE.equals(typed.signed()))));
    return fields.stream().map(field -> field.wrong(wrong.get(field.name()))).toList();
  }
}
