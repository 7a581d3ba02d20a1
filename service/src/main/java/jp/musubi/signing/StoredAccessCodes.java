package jp.musubi.signing;

import java.sql.Timestamp;
import java.sql.Types;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import jp.musubi.contract.AccessCodes;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Identification;
import jp.musubi.contract.PartyId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is needed to recognise a code or a number, and counts the tries (WEB-M 3). */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class StoredAccessCodes implements AccessCodes {
  private static final int TRIES = 5;
  private static final int SHORTEST = 6;
  private static final int LONGEST = 64;

  private final JdbcClient jdbc;
  private final OneTimeCodes numbers;
  private final Clock clock;
  private final Argon2PasswordEncoder argon2 =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

  StoredAccessCodes(JdbcClient jdbc, OneTimeCodes numbers, Clock clock) {
    this.jdbc = jdbc;
    this.numbers = numbers;
    this.clock = clock;
  }

  /**
   * What is asked of a party beside its link.
   *
   * @param phone to which numbers go by SMS; else empty
   */
  record Asked(Identification.Way way, String phone, int triesLeft) {}

  @Override
  public void expect(ContractId contract, PartyId party, Identification.Way way, String code) {
    if (!way.hasAccessCode()) {
      throw new IllegalArgumentException("no code is told by " + way);
    }
    var plain = normalised(code);
    if (plain.length() < SHORTEST || plain.length() > LONGEST) {
      throw new IllegalArgumentException("an access code has 6 to 64 characters");
    }
    jdbc.sql(
            """
            insert into access_code (contract_id, party_id, way, code_hash, tries_left)
            values (:contract, :party, :way, :hash, :tries)
            on conflict (tenant_id, party_id)
            do update set way = excluded.way, code_hash = excluded.code_hash, phone = null,
                          tries_left = excluded.tries_left, locked_at = null
            """)
        .param("contract", contract.value())
        .param("party", party.value())
        .param("way", way.name())
        .param("hash", argon2.encode(plain))
        .param("tries", TRIES)
        .update();
  }

  @Override
  public void expectNumber(ContractId contract, PartyId party, Identification identification) {
    if (!identification.way().isOneTime()) {
      throw new IllegalArgumentException("no number is sent by " + identification.way());
    }
    jdbc.sql(
            """
            insert into access_code (contract_id, party_id, way, phone, tries_left)
            values (:contract, :party, :way, :phone, :tries)
            on conflict (tenant_id, party_id)
            do update set way = excluded.way, code_hash = null, phone = excluded.phone,
                          tries_left = excluded.tries_left, locked_at = null
            """)
        .param("contract", contract.value())
        .param("party", party.value())
        .param("way", identification.way().name())
        .param(
            "phone",
            identification.phone().isEmpty() ? null : identification.phone(),
            Types.VARCHAR)
        .param("tries", TRIES)
        .update();
  }

  @Override
  public void restore(PartyId party) {
    jdbc.sql(
            """
            update access_code set tries_left = :tries, locked_at = null where party_id = :party
            """)
        .param("tries", TRIES)
        .param("party", party.value())
        .update();
  }

  /** Numbers go to another telephone from now on: the party was passed on. */
  void redirect(PartyId party, String phone) {
    jdbc.sql("update access_code set phone = :phone where party_id = :party and way = 'SMS_CODE'")
        .param("phone", phone)
        .param("party", party.value())
        .update();
  }

  @Override
  public void forget(ContractId contract) {
    jdbc.sql("delete from access_code where contract_id = :contract")
        .param("contract", contract.value())
        .update();
  }

  /** What is asked of the party, and how many tries it has left; empty if nothing is. */
  @Transactional(readOnly = true)
  public Optional<Asked> asked(PartyId party) {
    return asked(party, "");
  }

  /** The same under a lock, so that two who press one button get one number. */
  Optional<Asked> askedLocked(PartyId party) {
    return asked(party, " for update");
  }

  private Optional<Asked> asked(PartyId party, String lock) {
    return jdbc.sql(
            "select way, coalesce(phone, '') as phone, tries_left from access_code"
                + " where party_id = :party"
                + lock)
        .param("party", party.value())
        .query((row, _) ->
            new Asked(
                Identification.Way.valueOf(row.getString("way")),
                row.getString("phone"),
                row.getInt("tries_left")))
        .optional();
  }

  /** Checks a code or a number. */
  CodeCheck check(PartyId party, String entered) {
    var asked = askedLocked(party).orElseThrow();
    var number = asked.way().isOneTime() ? numbers.live(party) : Optional.<UUID>empty();
    if (asked.way().isOneTime() && number.isEmpty() && asked.triesLeft() > 0) {
      return new CodeCheck.Stale();
    }
    var plain = normalised(entered);
    var check =
        check(
            party,
            hash ->
                number.isPresent()
                    ? numbers.matches(number.get(), plain)
                    : plain.length() <= LONGEST && argon2.matches(plain, hash));
    if (check instanceof CodeCheck.Passed) {
      number.ifPresent(numbers::used);
    }
    return check;
  }

  /**
   * Checks what somebody shows. The try is counted before it is looked at, under the row's lock, so
   * that simultaneous guesses get no more tries than one after the other.
   *
   * @param right whether it is right, given the hash of the party's access code if it has one
   */
  CodeCheck check(PartyId party, Predicate<String> right) {
    var asked = askedLocked(party).orElseThrow();
    var taken = take(party);
    if (taken.isEmpty()) {
      return new CodeCheck.Locked(false);
    }
    if (right.test(taken.get())) {
      restore(party);
      return new CodeCheck.Passed();
    }
    var left = asked.triesLeft() - 1;
    if (left > 0) {
      return new CodeCheck.Wrong(left);
    }
    jdbc.sql("update access_code set locked_at = :now where party_id = :party")
        .param("now", Timestamp.from(clock.instant()))
        .param("party", party.value())
        .update();
    return new CodeCheck.Locked(true);
  }

  private Optional<String> take(PartyId party) {
    return jdbc.sql(
            """
            update access_code set tries_left = tries_left - 1
             where party_id = :party and tries_left > 0
            returning coalesce(code_hash, '')
            """)
        .param("party", party.value())
        .query(String.class)
        .optional();
  }

  /** The same code however it was typed: full-width, with hyphens or spaces, in small letters. */
  static String normalised(String code) {
    return Normalizer.normalize(code, Normalizer.Form.NFKC)
        .replaceAll("[\\s\\p{Pd}\\p{Cc}\\p{Cf}ー−]", "")
        .toUpperCase(Locale.ROOT);
  }
}
