/** What must hold in the demo data: a sentence, and SQL that gives the rows for which it does not hold. */
export const SEED_CHECKS: readonly (readonly [sentence: string, sql: string])[] = [
  [
    'the pieces on hand are the sum of the stock log',
    `select * from stocks s
     left join (select product_id, warehouse_id, sum(delta) from stock_log group by 1, 2) l
       using (product_id, warehouse_id)
     where coalesce(l.sum, 0) <> qty_on_hand`,
  ],
  [
    'no stock was ever negative',
    `select * from (select *, sum(delta) over (
       partition by product_id, warehouse_id order by logged_at, delta desc) as level from stock_log) l
     where level < 0`,
  ],
  [
    'the reserved pieces are those of held reservations, and are on hand',
    `select * from stocks s
     left join (select product_id, warehouse_id, sum(qty) from stock_reservation_lines
       join stock_reservations using (reservation_id) where state = 'H' group by 1, 2) r
       using (product_id, warehouse_id)
     where coalesce(r.sum, 0) <> qty_reserved or qty_reserved > qty_on_hand`,
  ],
  [
    'every product has a level in each of three warehouses',
    `select p.product_id from products p left join stocks using (product_id)
     group by 1 having count(warehouse_id) <> 3`,
  ],
  [
    'every order has a reservation in the state that fits its status',
    `select status, state from sales_orders left join stock_reservations r using (order_id)
     where state is distinct from case
       when status in ('NEW', 'CONF', 'PAID') then 'H' when status = 'CANC' then 'R'
       when status = 'RETD' then 'B' else 'C' end
       or r.created_at <> ordered_at or expires_at is not null`,
  ],
  [
    'the lines of a reservation are the items of its order',
    `select order_id, product_id from sales_items i
     full join (select order_id, product_id, sum(qty) as reserved from stock_reservation_lines
       join stock_reservations using (reservation_id) group by 1, 2) r using (order_id, product_id)
     where qty is distinct from reserved`,
  ],
  [
    'what was shipped left the warehouses it was reserved in, and what was returned went back',
    `with expected as (
       select order_id, product_id, warehouse_id, 'OUT' as log_kind, -qty as delta, shipped_at as logged_at
       from stock_reservation_lines join stock_reservations using (reservation_id)
         join sales_orders using (order_id) where shipped_at is not null
       union all
       select order_id, product_id, warehouse_id, 'RET', qty, returned_at
       from stock_reservation_lines join stock_reservations using (reservation_id)
         join sales_orders using (order_id) where returned_at is not null),
     logged as (select order_id, product_id, warehouse_id, log_kind, delta, logged_at from stock_log
       where order_id is not null)
     (select * from expected except select * from logged)
     union all (select * from logged except select * from expected)`,
  ],
  [
    'only shipments and returns belong to orders',
    `select * from stock_log where (log_kind in ('OUT', 'RET')) <> (order_id is not null)
       or (log_kind in ('IN', 'RET')) and delta <= 0 or log_kind = 'OUT' and delta >= 0 or delta = 0`,
  ],
  [
    'the total of an order is the sum of its items',
    `select order_no from sales_orders join sales_items using (order_id)
     group by order_id having total_amount <> sum(amount) or bool_or(amount <> qty * unit_price)`,
  ],
  [
    'an order has one to eight items, numbered from 1, of different products',
    `select order_id from sales_orders left join sales_items using (order_id) group by 1
     having count(line_no) not between 1 and 8 or min(line_no) <> 1 or max(line_no) <> count(line_no)
       or count(distinct product_id) <> count(*)`,
  ],
  [
    'an item has the number, name and price of its product',
    `select sales_item_id from sales_items i left join products p using (product_id)
     where (i.sku, i.product_name, i.unit_price) is distinct from (p.sku, p.product_name, p.unit_price)`,
  ],
  [
    'products were on sale when they were ordered',
    `select order_no from sales_orders join sales_items using (order_id)
       join products p using (product_id)
     where ordered_at < p.created_at or discontinued and ordered_at > p.updated_at`,
  ],
  [
    'the times of an order fit its status',
    `select order_no, status from sales_orders where
       (confirmed_at is null and status not in ('NEW', 'CANC')) or (confirmed_at is not null and status = 'NEW')
       or (paid_at is not null) <> (status in ('PAID', 'SHIP', 'DLVD', 'RETD') or status = 'CANC' and paid_at is not null)
       or (shipped_at is not null) <> (status in ('SHIP', 'DLVD', 'RETD'))
       or (delivered_at is not null) <> (status in ('DLVD', 'RETD'))
       or (cancelled_at is not null) <> (status = 'CANC')
       or (returned_at is not null) <> (status = 'RETD')
       or (tracking_no is not null) <> (shipped_at is not null)
       or (payment_ref is not null) <> (paid_at is not null)
       or close_reason is not null and status not in ('CANC', 'RETD')`,
  ],
  [
    'the times of an order follow one another, up to the reference time',
    `select order_no from sales_orders where not (
       ordered_at < coalesce(confirmed_at, 'infinity')
       and coalesce(confirmed_at, ordered_at) < coalesce(paid_at, 'infinity')
       and coalesce(paid_at, ordered_at) < coalesce(shipped_at, 'infinity')
       and coalesce(shipped_at, ordered_at) < coalesce(delivered_at, 'infinity')
       and coalesce(delivered_at, ordered_at) < coalesce(returned_at, 'infinity')
       and coalesce(paid_at, confirmed_at, ordered_at) < coalesce(cancelled_at, 'infinity')
       and updated_at = greatest(ordered_at, confirmed_at, paid_at, shipped_at, delivered_at, returned_at, cancelled_at)
       and updated_at < '2026-01-01')`,
  ],
  [
    'order numbers follow the time, without gaps',
    `select order_no from (select order_no, row_number() over (order by ordered_at, order_no) as place
       from sales_orders) o where order_no <> place`,
  ],
  [
    'customers order after they registered, and staff does not order',
    `select order_no from sales_orders join app_users u on u.user_id = customer_id
     where role_cd <> 'CUST' or ordered_at <= u.created_at`,
  ],
  [
    'e-mail addresses are lower-case ASCII and phone numbers are in E.164 form',
    `select email, tel from app_users where email !~ '^[a-z0-9.]+@[a-z.]+$' or tel !~ '^\\+[1-9][0-9]{7,14}$'`,
  ],
  [
    'products keep the rules of the catalogue',
    `select sku from products where sku !~ '^[A-Z0-9-]{3,32}$' or length(descr) > 5000
       or jsonb_array_length(attrs) > 20 or product_name <> trim(product_name) or product_name ~ '  '
       or exists (select from jsonb_array_elements(attrs) a where jsonb_array_length(a) <> 2)`,
  ],
  [
    'slugs of categories keep the rules, and the tree has three levels',
    `with recursive tree as (
       select category_id, 1 as level from categories where parent_id is null
       union all select c.category_id, level + 1 from categories c join tree t on t.category_id = c.parent_id)
     select slug::text from categories where slug !~ '^[a-z0-9-]{1,100}$'
     union all select max(level)::text from tree having max(level) <> 3
     union all select 'unreachable' from categories where category_id not in (select category_id from tree)`,
  ],
  [
    'a review is finished after its resume came, with a score or an error',
    `select review_id from ai_reviews join resumes using (resume_id)
     where not (uploaded_at < requested_at and requested_at < finished_at and finished_at < '2026-01-01')
       or (state = 'DONE') <> (score is not null) or (state = 'ERR') <> (error_msg is not null)
       or (state = 'DONE') <> (jsonb_array_length(sections) > 0) or score not between 0 and 100`,
  ],
  [
    'every id is a version 4 UUID',
    `select id::text from (
       select user_id from app_users union all select category_id from categories
       union all select product_id from products union all select warehouse_id from warehouses
       union all select log_id from stock_log union all select reservation_id from stock_reservations
       union all select order_id from sales_orders union all select sales_item_id from sales_items
       union all select resume_id from resumes union all select review_id from ai_reviews) as ids (id)
     where uuid_extract_version(id) is distinct from 4`,
  ],
];
