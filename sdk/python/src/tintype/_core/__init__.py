"""The runtime beneath the generated resources: written by hand, the same for every operation.

`call` describes a request and `exchange` is the conversation that it leads to: a generator
of steps that never touches a socket. `transport` takes the steps, once in blocking and once
in asynchronous words. `retry`, `sse` and `errors` hold the rules; `paging`, `waiting`,
`streaming`, `downloads` and `uploads` what a user holds in his hands.
"""
