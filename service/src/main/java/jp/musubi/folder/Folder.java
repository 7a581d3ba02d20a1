package jp.musubi.folder;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * フォルダ. A place in a section's cabinet.
 *
 * @param parent null where it stands in the cabinet itself
 * @param confined 親展: only whom it names may know of what lies in it
 */
record Folder(UUID id, UUID section, @Nullable UUID parent, String name, boolean confined) {}
