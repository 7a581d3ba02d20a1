package jp.musubi.signing;

import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import jp.musubi.contract.AccessCodes;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.PartyId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps what is needed to recognise an access code, and counts the tries (WEB-M 3). */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
class StoredAccessCodes implements AccessCodes {
  private static final int TRIES = 5;
  private static final int SHORTEST = 6;
  private static final int LONGEST = 64;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Argon2PasswordEncoder argon2 =
      Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();

  StoredAccessCodes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public void expect(ContractId contract, PartyId party, String code) {
    var plain = normalised(code);
    if (plain.length() < SHORTEST || plain.length() > LONGEST) {
      throw new IllegalArgumentException("an access code has 6 to 64 characters");
    }
    jdbc.sql(
            """
            insert into access_code (contract_id, party_id, code_hash, tries_left)
            values (:contract, :party, :hash, :tries)
            on conflict (tenant_id, party_id)
            do update set code_hash = excluded.code_hash, tries_left = excluded.tries_left,
                          locked_at = null
            """)
        .param("contract", contract.value())
        .param("party", party.value())
        .param("hash", argon2.encode(plain))
        .param("tries", TRIES)
        .update();
  }

  @Override
  public void forget(ContractId contract) {
    jdbc.sql("delete from access_code where contract_id = :contract")
        .param("contract", contract.value())
        .update();
  }

  /** How many tries the party has left; empty if no code is asked of it. */
  @Transactional(readOnly = true)
  public OptionalInt triesLeft(PartyId party) {
    return jdbc.sql("select tries_left from access_code where party_id = :party")
        .param("party", party.value())
        .query(Integer.class)
        .optional()
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /**
   * Checks a code. The try is counted before the code is looked at, under the row's lock, so that
   * simultaneous guesses get no more tries than one after the other.
   */
  CodeCheck check(PartyId party, String entered) {
    var hash = take(party);
    if (hash.isEmpty()) {
      return new CodeCheck.Locked(false);
    }
    var plain = normalised(entered);
    if (plain.length() <= LONGEST && argon2.matches(plain, hash.get())) {
      jdbc.sql("update access_code set tries_left = :tries where party_id = :party")
          .param("tries", TRIES)
          .param("party", party.value())
          .update();
      return new CodeCheck.Passed();
    }
    var left = triesLeft(party).orElseThrow();
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
            returning code_hash
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
