package jp.musubi.organisation;

import java.time.LocalDate;
import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * 団体. A municipality, prefecture or union that contracts; or the operator's own body, which does
 * not.
 *
 * @param code 全国地方公共団体コード, six digits with check digit
 * @param phone where a doubting counterparty may call, as printed on mails
 * @param isOperators whether its staff run the service
 * @param usableFrom the first day its staff may sign in; null for always
 * @param usableUntil the day from which they may not any more; null while no end is known
 */
public record Body(
    TenantId id,
    String code,
    String name,
    @Nullable String phone,
    boolean isOperators,
    @Nullable LocalDate usableFrom,
    @Nullable LocalDate usableUntil) {

  /** Whether the body's term of use covers the day. */
  public boolean isUsableOn(LocalDate day) {
    return (usableFrom == null || !day.isBefore(usableFrom))
        && (usableUntil == null || day.isBefore(usableUntil));
  }
}
