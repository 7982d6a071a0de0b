-- alone
-- hazard: converts the values of products.status from enumeration('draft','active') to enumeration('draft','active','retired')
ALTER TABLE `products` MODIFY COLUMN `status` ENUM('draft', 'active', 'retired') NOT NULL DEFAULT 'draft';
