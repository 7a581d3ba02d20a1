package jp.musubi.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.ContractKind;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Particulars;
import jp.musubi.contract.Party;
import jp.musubi.contract.PartyId;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Component;

/**
 * 模擬締結. A fictional contract of a fictional body, for the same pages that real ones have. It lies
 * in no table; its files were made by the engine beforehand, with certificates for trial whose keys
 * are gone (ADR 0036).
 */
@Component
class Practice {
  /** The link of every practice: no real one has it. */
  static final UUID LINK = new UUID(0, 0);

  /** Where the pages lie. */
  static final String PATH = "/practice";

  static final String BODY = "上毛市";
  static final int PAGES = 2;
  private static final String FOLDER = "/practice/";
  private static final Instant SEALED_AT = Instant.parse(text("sealed-at.txt").strip());

  private final byte[] document = bytes("contract.pdf");
  private final byte[] sealed = bytes("sealed.pdf");

  /** The file as somebody reads it before agreeing. */
  byte[] document() {
    return document.clone();
  }

  /** The same with the seals of all three. */
  byte[] sealed() {
    return sealed.clone();
  }

  byte[] image(int page) {
    return bytes("page-%d.png".formatted(existing(page)));
  }

  String text(int page) {
    return text("page-%d.txt".formatted(existing(page))).strip();
  }

  private static int existing(int page) {
    if (page < 1 || page > PAGES) {
      throw new NotFound("page " + page + " of the practice contract");
    }
    return page;
  }

  /** Somebody who came by the link, with the contract standing there. */
  Visit visit(Standing standing, Instant now) {
    var concluded = standing == Standing.CONCLUDED;
    var at = concluded ? SEALED_AT : now;
    var contract = contract(standing, at);
    var parties = contract.parties();
    var agreements = new ArrayList<Agreement>();
    agreements.add(agreement(contract, parties.get(0), at));
    if (standing != Standing.TO_DECIDE) {
      agreements.add(agreement(contract, parties.get(1), at));
    }
    if (concluded) {
      agreements.add(agreement(contract, parties.get(2), at));
    }
    var link =
        new Link(
            LINK,
            contract.id(),
            parties.get(1).id(),
            contract.document(),
            at,
            at.plus(Duration.ofDays(14)),
            Optional.empty(),
            Optional.empty());
    return new Visit(
        link,
        contract,
        parties.get(1),
        agreements,
        standing,
        Identification.Way.MAIL,
        Optional.empty());
  }

  private Particulars contract(Standing standing, Instant at) {
    var concluded = standing == Standing.CONCLUDED;
    return new Particulars(
        new ContractId(LINK),
        "（練習）R8-000001",
        concluded ? "CONCLUDED" : "AWAITING_AGREEMENTS",
        0,
        "【練習】市道1024号線 舗装修繕工事",
        ContractKind.WORKS,
        OptionalLong.of(12_980_000),
        Optional.of(LocalDate.of(2026, 12, 4)),
        Optional.of(LocalDate.of(2026, 12, 7)),
        Optional.of(LocalDate.of(2027, 3, 19)),
        LINK,
        LINK,
        Optional.empty(),
        "練習用_工事請負契約書.pdf",
        Sha256.of(document),
        Optional.empty(),
        PAGES,
        Optional.of(at.plus(Duration.ofDays(14))),
        Optional.empty(),
        10,
        at,
        Optional.of(at),
        concluded ? Optional.of(at) : Optional.empty(),
        concluded ? Optional.of(Sha256.of(sealed)) : Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(
            party(0, Party.Kind.SENDER, BODY + " 建設部 道路課", "", "見本 花子"),
            party(1, Party.Kind.COUNTERPARTY, "株式会社 見本建設", "代表取締役", "例田 一郎"),
            party(2, Party.Kind.OFFICE, BODY, "上毛市長", "見本 太郎")),
        List.of(),
        List.of());
  }

  private static Party party(
      int ordinal, Party.Kind kind, String organisation, String title, String name) {
    return new Party(
        new PartyId(new UUID(0, ordinal)),
        ordinal,
        ordinal,
        kind,
        kind == Party.Kind.COUNTERPARTY ? Party.Capacity.AUTHORITY : null,
        "",
        organisation,
        title,
        name,
        null,
        null);
  }

  private static Agreement agreement(Particulars contract, Party party, Instant at) {
    return new Agreement(
        LINK,
        contract.id(),
        party.id(),
        party.ordinal(),
        contract.document(),
        at,
        new Agreement.Manner("", "L1", "", "", ""));
  }

  private static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String name) {
    try (var in = Practice.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + name + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
