package jp.musubi.shelf;

import jakarta.servlet.http.Cookie;
import java.util.Base64;
import java.util.UUID;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.platform.secrets.MailedSecrets;

/** Shelves as they lie in the database, written as the superuser would. */
public final class TestShelf {
  private TestShelf() {}

  /** Lays a contract on the shelf of an address, as of its first counterparty. */
  public static void put(UUID entry, UUID contract, String mail) {
    TestPeople.run(
        """
        insert into shelf_entry (tenant_id, id, contract_id, party_id, address_digest, number, title,
                                 amount, contract_date, concluded_at, readable_until, asks_more)
        select c.tenant_id, ?, c.id, p.id, ?, c.number, c.title, c.amount, c.contract_date,
               coalesce(c.concluded_at, now()), now() + interval '9 years', false
          from contract c
          join party p on p.tenant_id = c.tenant_id and p.contract_id = c.id
         where c.id = ? and p.kind = 'COUNTERPARTY'
         order by p.ordinal limit 1
        """,
        entry,
        digest(mail),
        contract);
  }

  /** The cookie of a session in which everything was shown, and all is within reach. */
  public static Cookie open(String mail) {
    return open(mail, 2);
  }

  static Cookie open(String mail, int reach) {
    var operators = TestBody.operators().id().value();
    var holder = UUID.randomUUID();
    var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(holder));
    TestPeople.run(
        "delete from shelf_holder where tenant_id = ? and address_digest = ?",
        operators,
        digest(mail));
    TestPeople.run(
        """
        insert into shelf_holder (tenant_id, id, address_digest, registered_at, expires_at, reach,
                                  secret, last_step)
        values (?, ?, ?, now(), now() + interval '1 year', ?, 'x', 0)
        """,
        operators,
        holder,
        digest(mail),
        reach);
    TestPeople.run(
        """
        insert into shelf_session (tenant_id, id, address_digest, token_hash, created_at, expires_at,
                                   holder_id)
        values (?, gen_random_uuid(), ?, ?, now(), now() + interval '1 hour', ?)
        """,
        operators,
        digest(mail),
        MailedSecrets.hashOf(token).hex(),
        holder);
    return cookie(token);
  }

  static Cookie cookie(String token) {
    return new Cookie("__Host-musubi-past", token);
  }

  static String digest(String mail) {
    return HolderAddress.typed(mail).orElseThrow().digest().hex();
  }

  private static byte[] bytes(UUID from) {
    var bytes = new byte[32];
    for (var i = 0; i < 8; i++) {
      bytes[i] = (byte) (from.getMostSignificantBits() >> (8 * i));
      bytes[8 + i] = (byte) (from.getLeastSignificantBits() >> (8 * i));
    }
    return bytes;
  }
}
