-- note: index idx_products_name_description: searches tell upper from lower case, as comparisons of its columns do; give them .collation("utf8mb4_0900_ai_ci") to search without

-- alone
-- hazard: blocks writers of products while it builds, and the first full-text index of a table rebuilds it
CREATE FULLTEXT INDEX `idx_products_name_description` ON `products` (`name`, `description`);
