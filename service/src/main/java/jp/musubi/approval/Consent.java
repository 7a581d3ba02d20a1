package jp.musubi.approval;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * 承認した人. One seat's approval.
 *
 * @param step counted from 0
 * @param instead 代決: the holder of the post for whom it was given
 */
record Consent(int step, UUID post, UUID by, Optional<UUID> instead, Instant at) {}
