#include "decode/NodeDiff.h"

#include <QHash>

#include <algorithm>

namespace sockeye {

namespace {

/// The bytes that name a node among those beside it; empty for an element.
QByteArrayView keyOf(const NodeTree &tree, const Node &node)
{
    return node.isLabelled ? tree.labelBytes(node) : tree.nameBytes(node);
}

/// The same bytes say the same, whatever was made of them.
bool isSameThroughout(const NodeTree &before, const Node &was, const NodeTree &now, const Node &is)
{
    return was.kind == is.kind && was.value.size > 0 && before.valueBytes(was) == now.valueBytes(is);
}

class Comparer final
{
public:
    Comparer(const NodeTree &before, const NodeTree &now)
        : m_before(before)
        , m_now(now)
    {
        m_diff.changes.resize(now.nodes.size(), NodeDiff::Change::Same);
        m_diff.former.resize(now.nodes.size(), Node::None);
    }

    NodeDiff compare()
    {
        pair(m_before.children(Node::None), m_now.children(Node::None));
        while (!m_pairs.empty()) {
            const auto [was, is] = m_pairs.back();
            m_pairs.pop_back();
            compareTwo(was, is);
        }
        tellHolders();
        std::ranges::sort(m_diff.gone);
        return std::move(m_diff);
    }

private:
    struct Pair
    {
        qint32 was;
        qint32 is;
    };

    void compareTwo(qint32 was, qint32 is)
    {
        const Node &former = m_before.at(was);
        const Node &node = m_now.at(is);
        m_diff.former[static_cast<size_t>(is)] = was;
        if (isSameThroughout(m_before, former, m_now, node))
            return;
        const bool areContainers = former.isContainer() && former.kind == node.kind;
        if (areContainers || (former.kind == node.kind && former.childCount > 0 && node.childCount > 0)) {
            pair(m_before.children(was), m_now.children(is));
        } else if (former.kind != node.kind || former.childCount != node.childCount ||
                   m_before.textBytes(former) != m_now.textBytes(node)) {
            change(is, NodeDiff::Change::Changed);
            ++m_diff.changedCount;
        }
    }

    void pair(const std::vector<qint32> &before, const std::vector<qint32> &now)
    {
        QHash<QByteArrayView, std::vector<qint32>> named;
        std::vector<qint32> unnamedBefore;
        std::vector<qint32> unnamedNow;
        for (const qint32 was : before) {
            const QByteArrayView key = keyOf(m_before, m_before.at(was));
            if (key.isEmpty())
                unnamedBefore.push_back(was);
            else
                named[key].push_back(was);
        }
        // Of several members with a name the first is that which was the first.
        QHash<QByteArrayView, size_t> taken;
        for (const qint32 is : now) {
            const QByteArrayView key = keyOf(m_now, m_now.at(is));
            if (key.isEmpty()) {
                unnamedNow.push_back(is);
                continue;
            }
            const auto found = named.constFind(key);
            size_t &next = taken[key];
            if (found == named.cend() || next >= found->size())
                add(is);
            else
                m_pairs.push_back({(*found)[next++], is});
        }
        for (auto member = named.cbegin(); member != named.cend(); ++member) {
            for (size_t left = taken.value(member.key(), 0); left < member->size(); ++left)
                m_diff.gone.push_back((*member)[left]);
        }
        pairElements(unnamedBefore, unnamedNow);
    }

    /// An element that came or went in the middle does not make all behind it differ.
    void pairElements(const std::vector<qint32> &before, const std::vector<qint32> &now)
    {
        const size_t common = std::min(before.size(), now.size());
        const auto isSame = [&](size_t was, size_t is) {
            return isSameThroughout(m_before, m_before.at(before[was]), m_now, m_now.at(now[is]));
        };
        size_t tail = 0;
        if (before.size() != now.size()) {
            size_t head = 0;
            while (head < common && isSame(head, head))
                ++head;
            while (tail < common - head && isSame(before.size() - 1 - tail, now.size() - 1 - tail))
                ++tail;
        }
        const size_t paired = common - tail;
        for (size_t i = 0; i < paired; ++i)
            m_pairs.push_back({before[i], now[i]});
        for (size_t i = 0; i < tail; ++i)
            m_pairs.push_back({before[before.size() - 1 - i], now[now.size() - 1 - i]});
        for (size_t i = paired; i < before.size() - tail; ++i)
            m_diff.gone.push_back(before[i]);
        for (size_t i = paired; i < now.size() - tail; ++i)
            add(now[i]);
    }

    void add(qint32 is)
    {
        for (qint32 i = is; i < m_now.at(is).end; ++i)
            change(i, NodeDiff::Change::Added);
        ++m_diff.addedCount;
    }

    void change(qint32 node, NodeDiff::Change change) { m_diff.changes[static_cast<size_t>(node)] = change; }

    /// What stands behind another node is looked at first, so each holder is told once.
    void tellHolders()
    {
        using enum NodeDiff::Change;
        for (qint32 i = m_now.size() - 1; i >= 0; --i) {
            const qint32 parent = m_now.at(i).parent;
            if (parent != Node::None && m_diff.change(i) != Same && m_diff.change(parent) == Same)
                change(parent, Inside);
        }
        // Those whose values went have changed inside, too.
        QHash<qint32, qint32> nowOf;
        if (m_diff.gone.empty())
            return;
        for (qint32 i = 0; i < m_now.size(); ++i) {
            if (m_diff.former[static_cast<size_t>(i)] != Node::None)
                nowOf.insert(m_diff.former[static_cast<size_t>(i)], i);
        }
        for (const qint32 gone : m_diff.gone) {
            qint32 holder = nowOf.value(m_before.at(gone).parent, Node::None);
            for (; holder != Node::None && m_diff.change(holder) == Same; holder = m_now.at(holder).parent)
                change(holder, Inside);
        }
    }

    const NodeTree &m_before;
    const NodeTree &m_now;
    std::vector<Pair> m_pairs;
    NodeDiff m_diff;
};

} // namespace

NodeDiff compareNodes(const NodeTree &before, const NodeTree &now)
{
    return Comparer(before, now).compare();
}

} // namespace sockeye
