/* Telling Lists from objects. */
#include "model/list.h"

const Node *list_items(const Node *root) {
    root = node_resolve(root);
    if (root && root->kind == NODE_SEQ) return root;
    const Node *items = node_child(root, STR("items"));
    Str kind = node_text(node_child(root, STR("kind")));
    bool is_list = !kind.len || str_ends(kind, STR("List"));
    return is_list && items && items->kind == NODE_SEQ ? items : NULL;
}
