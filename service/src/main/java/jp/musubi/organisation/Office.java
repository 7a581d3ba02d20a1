package jp.musubi.organisation;

import java.util.UUID;

/**
 * 契約名義. In whose name a contract is made, and who holds it on the day asked for.
 *
 * @param title e.g. 上毛市長
 * @param holderId the staff member who may sign in this name
 * @param holderName as printed in seal and certificate
 */
public record Office(UUID id, String title, UUID holderId, String holderName) {}
