-- hazard: ACCESS EXCLUSIVE lock on users
ALTER TABLE "users" RENAME TO "people";

ALTER INDEX IF EXISTS "pk_users" RENAME TO "pk_people";
