package jp.musubi.organisation;

import jp.musubi.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * 団体. A municipality, prefecture or union that contracts; or the operator's own body, which does
 * not.
 *
 * @param code 全国地方公共団体コード, six digits with check digit
 * @param phone where a doubting counterparty may call, as printed on mails
 * @param isOperators whether its staff run the service
 */
public record Body(
    TenantId id, String code, String name, @Nullable String phone, boolean isOperators) {}
