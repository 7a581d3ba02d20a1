package jp.musubi.counterparty;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.organisation.Body;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.web.Book;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What applicants are shown and agree to, as one plain text that is kept as it was shown. */
@Component
class Texts {
  private final Book book;

  Texts(Book book) {
    this.book = book;
  }

  /** Of the text's UTF-8 bytes. */
  static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 利用申出書兼同意書兼メールアドレス確認書. */
  String application(Body body, Application.Said said) {
    var signatory = said.signatory();
    return lines(
        book.of("application.text.heading", body.name()),
        "",
        line("application.organisation", said.organisation()),
        line("supplier.number", said.number().map(CorporateNumber::digits).orElse("")),
        line("supplier.address", said.address()),
        line("supplier.phone", said.phone()),
        line(
            "application.signatory",
            (signatory.title() + " " + signatory.name()).strip()
                + book.of("application.text.mail", signatory.mail())),
        line(
            "application.authority",
            book.of("application.authority." + (signatory.agent() ? "AGENT" : "REPRESENTATIVE"))),
        line("application.authorityText", signatory.authorityText()),
        line(
            "application.clerk",
            said.clerkMail().isEmpty()
                ? ""
                : said.clerkName() + book.of("application.text.mail", said.clerkMail())),
        line(
            "application.scope",
            said.contractTitle().isEmpty()
                ? book.of("application.scope.STANDING")
                : book.of("application.text.one", said.contractTitle())),
        line("application.validUntil", JapaneseDates.date(said.validUntil())),
        said.wantsConsent() ? book.of("application.text.consent") : null,
        "",
        statement(body));
  }

  /** What whoever applies agrees to. */
  String statement(Body body) {
    return book.of("application.statement", body.name());
  }

  /** 電磁的措置の種類及び内容を示した承諾 (施行令 5 条の 5). */
  String consent(Body body, Supplier supplier, Supplier.Person person, String contractTitle) {
    return lines(
        book.of("consent.text.heading"),
        "",
        line("consent.text.to", body.name()),
        line(
            "consent.text.from",
            Stream.of(supplier.details().name(), person.title(), person.name())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "))),
        line(
            "consent.text.scope",
            contractTitle.isEmpty()
                ? book.of("consent.text.standing", body.name())
                : book.of("application.text.one", contractTitle)),
        "",
        book.of("consent.text.body"));
  }

  private @Nullable String line(String label, String value) {
    return value.isEmpty() ? null : book.of("application.text.line", book.of(label), value);
  }

  private static String lines(@Nullable String... lines) {
    return Stream.of(lines).flatMap(Stream::ofNullable).collect(Collectors.joining("\n"));
  }
}
