package jp.musubi.organisation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * 所属. A department, division or unit, named in full from the top as it was on a day: 建設部 道路課.
 *
 * @param mail the section's mailbox, a channel for notices
 */
public record Section(
    UUID id, String code, String name, @Nullable String phone, @Nullable String mail) {}
