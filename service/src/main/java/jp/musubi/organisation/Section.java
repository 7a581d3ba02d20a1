package jp.musubi.organisation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** 所属. A department, division or unit, named in full from the top: 建設部 道路課. */
public record Section(UUID id, String name, @Nullable String phone) {}
