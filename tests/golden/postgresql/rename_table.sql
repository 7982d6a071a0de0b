-- hazard: ACCESS EXCLUSIVE lock on users
ALTER TABLE "users" RENAME TO "people";

ALTER TABLE "people" RENAME CONSTRAINT "pk_users" TO "pk_people";
