select id as account, email from users
